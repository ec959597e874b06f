import Anjungan.Look

Words {
    font.pixelSize: 18
    lineHeight: 1
}
