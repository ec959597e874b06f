"""Words that names in Banten are made of; in each list the most frequent need not be first."""

MEN = """
ahmad asep agus dede hendra suhendi sarmad jamaludin saepudin syarifudin rohmat ujang udin
sukri sarman dedi herman rudi budi mulyadi suryadi hasan husen ali umar usman ibrahim ismail
yusup yunus iwan wawan heri hendri nana maman mamat jaja jajang jejen aep ade edi eman endang
entis engkos oman omon pendi ridwan rizki rian ryan riki fajar fahmi faisal farhan fikri ilham
irfan imam indra ikhsan jaenudin jamhari junaedi kamaludin khaerudin kholid kurnia lukman
mahmud mansur marjuki marsan marta masduki misbah misja muhidin mukhlis mulyana mursid muslim
mustofa nasrudin nawawi ojak pahrudin rahmat ramdani rasim rojali romli rosid sahroni saiful
salim samsudin samsul sanusi sapri sarip satria slamet sobari solihin subhan sudirman sugiyanto
suherman sukardi sukarna sulaeman sunarya supardi supriyadi suparman suryana sutisna syahrul
tarmidi taufik tohir toni topik tatang ucup wahyu wahyudin yadi yana yanto yogi yudi zaenal
zainudin aditya alfian andi anwar arif arman aris bahrudin bayu bagus dani darma deni dimas eko
fadli galih gilang guntur hadi hafid haris jaka johan joko karta kasman madsari madrais
marhasan sarkawi satibi sarja sayuti
"""
WOMEN = """
aminah maryam fatimah nurhayati rohaeti sumiati sunarti sutinah masitoh nurhasanah khodijah
aisah rohmah jubaedah julaeha mariah maesaroh muslihah mutmainah nuraeni nurlaela nurjanah
nuryati rahmawati ratna rini rina rika rosmiati rukiah rusmiati saniah sarinah sarti saodah
saroh solihah suhaemi suhaeti sukaesih suminah suryati sutihat tati titin tini tuti umi uun
wati wiwin yanti yati yuli yuliana yulianti yuni zaenab zubaidah dewi desi devi dian dina dinda
dini eka elis elin ela ema eni eti erna ernawati euis fitri fitriani fitriyah hayati halimah
hamidah hani hasanah herawati heni hilda iis ika iin imas indah intan ida ipah iroh juju
jamilah kartini kokom kulsum lia lilis lina lisnawati mimin mira munah munawaroh nani neneng
nengsih nia ningsih nina novi nunung nurul nur oom patimah pipit putri rani rosita rumsiah
sadiah salamah samsiah santi sari sariah sarmi sarni siska sofiah sopiah sri sulastri sumarni
supriyatin susanti susilawati tarsiah turini unayah warni wulan yayah yeni yoyoh aliyah amalia
anisa ayu bunga cahya citra della
"""
MENS_SECOND = """
saputra pratama hidayat hidayatullah maulana ramadhan firmansyah setiawan kurniawan nugraha
gunawan wijaya permana santoso susanto rahman rohman fauzi fadilah akbar rizki hakim aziz rahim
karim saleh sidik sodik syah mubarok muhtar efendi effendi iskandar irawan hermawan suherman
supriatna sutrisna mulyana suryana rosadi rosidi junaedi supriyadi mulyadi anwar hasan jaelani
arifin abidin muttaqin soleh basri bahri fikri wahyudi budiman purnama perdana alamsyah
darmawan syahputra saepudin jamaludin sarifudin hamdani ramdani romdoni yusuf ismail sulaeman
ridwan sopian
"""
WOMENS_SECOND = """
aminah aisyah fatimah nurhaliza nurjanah nurhasanah nuraeni rahayu lestari sari wulandari
puspita puspitasari oktaviani anggraeni handayani wahyuni susanti yulianti rahmawati fitriani
safitri maharani permatasari amelia aprilia nurlaela maesaroh masitoh khodijah mariam rohmah
hasanah hayati kulsum solihah munawaroh julaeha zahra azzahra salsabila ramadhani maulida
hidayah jamilah halimah latifah sopiah rukmana andriani agustina kartika kusuma dewi utami
pertiwi ningsih melani nuryani mulyani suryani
"""

STEMS = """
sar sam mar jum rus nur sum tar war kas mas ras dar mur sun sur sut suk rum sak jas kar san rat sin
mul tas muk sap was
"""

MENS_ENDINGS = "man min din ja ta im um un i od ad yadi wan mad sa ip nan sim dik di"

WOMENS_ENDINGS = "iah inah sih ti nih mi ni yah ini tinah nah tini mah nawati tem ningsih pi wi"
