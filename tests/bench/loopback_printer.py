"""The tests' printer in a process of its own: prints its address, and does as standard input says.

"stop": it runs out of paper. "mend": it has new paper.
"""

import sys

from fault_printer import NO_PAPER, FaultPrinter

if __name__ == "__main__":
    with FaultPrinter() as printer:
        print(printer.uri, flush=True)
        for line in sys.stdin:
            if line.strip() == "stop":
                NO_PAPER.begin(printer)
            else:
                printer.mend()
            print("so it is", flush=True)
