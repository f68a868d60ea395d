//! The phrases of English, German, French, Spanish, Portuguese, Dutch and Italian.

use crate::tongue::Tongue;

pub static ENGLISH: Tongue = Tongue {
    code: "en",
    subjects: "the harbour council|a retired signalman|the night baker|two brothers from the mill|the museum's youngest guide|\
        the ferry's chief engineer|a class of ten-year-olds|the last cooper in town|our neighbours across the canal|\
        the valley's beekeepers|a choir without a conductor|the bookbinder on Vine Street|the river authority|\
        an amateur astronomer|the new stationmaster|the orchard's owners|a painter of shop signs|the chess club",
    verbs: "repaired|had quietly replaced|argued over|wants to reopen|measured|has been drawing|kept a diary about|\
        promised to restore|took apart|learned to love|photographed|finally understood|gave away|catalogued|rebuilt|\
        has stopped ignoring|described in a letter|carried home",
    objects: "the old tide gauge|a crate of unlabelled maps|the town's oldest oven|a bridge nobody crosses|\
        forty metres of copper pipe|the clock above the market|a recipe for grey bread|the lighthouse lamp|\
        three centuries of weather notes|a rowing boat called Patience|the archive's missing drawer|\
        the slowest lift in the county|a field of blue flax|the railway's spare whistle|an unfinished mural|\
        the only map that shows the springs|a box of glass negatives|the village water wheel",
    places: "behind the customs house|at the far end of the pier|in a shed near Larkfield|under the viaduct|\
        on the second floor of the library|between the two locks|along the northern footpath|in the school's boiler room|\
        beside the allotments|at the edge of the salt marsh|on Platform 4|in a former bank vault",
    times: "before the first frost|during the longest week of the year|after three failed attempts|one quiet Tuesday|\
        while the rest of the town slept|against all advice|with borrowed tools|as the ice began to break|\
        long after the money ran out|in less than an afternoon|without telling anyone|for the price of a sandwich",
    sentences: "{s} {v} {o} {p}.|{t}, {s} {v} {o}.|{s} {v} {o} {p}, and {s} {v} {o}.|{p}, {s} {v} {o} {t}.|\
        it took {n} days until {s} {v} {o}.|nobody had noticed that {s} {v} {o} {p}.|\
        of the {n} people who came, only a few knew that {s} {v} {o}.|{s} {v} {o}; {t}, {s} {v} {o} as well.",
    titles: "why {s} {v} {o}|{s} {v} {o}|how {s} {v} {o} & what came after|“{o}”: a visit {p}|{s} {v} {o} {t}|\
        {n} days with {o}|who {v} {o}?",
    sections: "Town|Culture|Science|Work|Travel|Opinion|Sport|Food",
    tags: "harbour|craft|railways|weather|archives|gardens|bridges|music|bread|maps",
    authors: "Ada Merrow|Tom Castellan|Ines Okafor|J. R. Whitlock",
    labels: "Home|About|Contact|Privacy policy|Search|Read more|You may also like|Comments|Never miss a story|\
        One letter every Friday, no more. Your address stays with us.|Subscribe|\
        We use cookies to measure how our pages are read. You can refuse them in the settings.|Accept all|Archive|\
        Recent posts|Tags|Most read|Older posts|Newer posts|Share this",
};

pub static GERMAN: Tongue = Tongue {
    code: "de",
    subjects: "der Hafenmeister|eine pensionierte Lehrerin|die Bäckerei am Markt|der Verein der Brückenfreunde|\
        das Team der Sternwarte|eine Schulklasse aus Werden|die letzte Buchbinderin der Stadt|der Gemeinderat|\
        ein junger Uhrmacher|die Fährgesellschaft|der Chor der Eisenbahner|die Gärtnerei Lindner",
    verbs: "repariert|sammelt seit Jahren|verteidigt|vermisst|beschreibt|verschenkt|entdeckt|zeichnet|bewahrt|prüft|zerlegt|liebt",
    objects: "die alte Pegeluhr|einen Karton voller Landkarten|das Rezept für graues Brot|die Lampe des Leuchtturms|\
        ein vergessenes Stellwerk|die Orgel ohne Pfeifen|den langsamsten Aufzug im Land|das Archiv der Wetterwarte|\
        eine Wiese voller Flachs|die Brücke am Wehr|den Brunnen hinter der Kirche|das Modell der Altstadt",
    places: "hinter dem Zollhaus|am Ende der Mole|im Keller der Bücherei|unter dem Viadukt|auf Gleis 4|\
        zwischen den beiden Schleusen|am Rand der Salzwiesen|im alten Tresorraum|neben den Kleingärten|auf dem Dachboden",
    times: "vor dem ersten Frost|nach drei Versuchen|an einem stillen Dienstag|gegen jeden Rat|mit geliehenem Werkzeug|\
        ohne ein Wort|an nur einem Nachmittag|seit dem letzten Hochwasser|mitten in der Nacht|zum Preis eines Brötchens",
    sentences: "{s} {v} {o} {p}.|{s} {v} {o}, {t}.|{s} {v} {o} {p}, und {s} {v} {o}.|\
        es dauerte {n} Tage, doch {s} {v} {o}.|niemand wusste es: {s} {v} {o} {p}.|{s} {v} {t} {o}.",
    titles: "{s} {v} {o}|warum {o} fehlt: {s} {v} weiter|{s} {v} {o} {t}|{o} und {n} offene Fragen|„{o}“ {p}",
    sections: "Stadt|Kultur|Wissen|Arbeit|Reise|Meinung|Sport|Genuss",
    tags: "Hafen|Handwerk|Eisenbahn|Wetter|Archiv|Gärten|Brücken|Musik|Brot|Karten",
    authors: "Jana Reuter|Emil Sandvoss|Katrin Böhm|Uwe Landgraf",
    labels: "Startseite|Über uns|Kontakt|Datenschutz|Suche|Weiterlesen|Das könnte Sie auch interessieren|Kommentare|\
        Unser Newsletter|Einmal in der Woche das Beste aus der Redaktion. Abmelden geht jederzeit.|Abonnieren|\
        Wir verwenden Cookies, um unsere Seiten zu verbessern. Mehr dazu im Datenschutz.|Alle akzeptieren|Archiv|\
        Neueste Beiträge|Schlagwörter|Meistgelesen|Ältere Beiträge|Neuere Beiträge|Teilen",
};

pub static FRENCH: Tongue = Tongue {
    code: "fr",
    subjects: "le conseil du port|une ancienne aiguilleuse|le boulanger de nuit|deux frères du moulin|\
        la plus jeune guide du musée|une classe de dix ans|le dernier tonnelier|les apiculteurs de la vallée|\
        une chorale sans chef|le relieur de la rue des Vignes|l’agence du fleuve|un astronome amateur",
    verbs: "répare|collectionne|défend|mesure|décrit|redécouvre|dessine|conserve|démonte|offre|photographie|restaure",
    objects: "le vieux marégraphe|une caisse de cartes anonymes|le four le plus ancien|un pont que nul ne traverse|\
        l’horloge du marché|une recette de pain gris|la lampe du phare|trois siècles de relevés météo|\
        une barque nommée Patience|le tiroir manquant des archives|un champ de lin bleu|une fresque inachevée",
    places: "derrière la douane|au bout de la jetée|dans une remise de Larzac|sous le viaduc|\
        au deuxième étage de la bibliothèque|entre les deux écluses|le long du sentier nord|au bord du marais salant|\
        sur le quai 4|dans l’ancienne chambre forte",
    times: "avant les premières gelées|après trois échecs|un mardi tranquille|contre tous les avis|\
        avec des outils empruntés|en moins d’un après-midi|sans prévenir personne|pour le prix d’un sandwich|\
        pendant que la ville dormait|bien après la fin des crédits",
    sentences: "{s} {v} {o} {p}.|{t}, {s} {v} {o}.|{s} {v} {o} {p}, et {s} {v} {o}.|\
        il a fallu {n} jours, mais {s} {v} {o}.|personne ne savait que {s} {v} {o} {p}.|{p}, {s} {v} {o} {t}.",
    titles: "{s} {v} {o}|pourquoi {s} {v} {o}|« {o} » : visite {p}|{s} {v} {o} {t}|{n} jours avec {o}",
    sections: "Ville|Culture|Sciences|Travail|Voyage|Débats|Sport|Table",
    tags: "port|artisanat|chemin de fer|météo|archives|jardins|ponts|musique|pain|cartes",
    authors: "Claire Vasseur|Malo Quéméner|Inès Perrot|Luc Armand",
    labels: "Accueil|À propos|Contact|Confidentialité|Recherche|Lire la suite|À lire aussi|Commentaires|\
        La lettre du vendredi|Une lettre par semaine, rien de plus. Désinscription en un clic.|S’abonner|\
        Nous utilisons des cookies pour mesurer l’audience. Vous pouvez les refuser.|Tout accepter|Archives|\
        Articles récents|Étiquettes|Les plus lus|Articles plus anciens|Articles plus récents|Partager",
};

pub static SPANISH: Tongue = Tongue {
    code: "es",
    subjects: "el consejo del puerto|una antigua guardavía|el panadero nocturno|dos hermanos del molino|\
        la guía más joven del museo|una clase de diez años|el último tonelero|los apicultores del valle|\
        un coro sin director|el encuadernador de la calle Parra|la autoridad del río|un astrónomo aficionado",
    verbs: "repara|colecciona|defiende|mide|describe|redescubre|dibuja|conserva|desmonta|regala|fotografía|restaura",
    objects: "el viejo mareógrafo|una caja de mapas sin nombre|el horno más antiguo|un puente que nadie cruza|\
        el reloj del mercado|una receta de pan gris|la lámpara del faro|tres siglos de notas del tiempo|\
        una barca llamada Paciencia|el cajón perdido del archivo|un campo de lino azul|un mural sin terminar",
    places: "detrás de la aduana|al final del muelle|en un cobertizo de Larín|bajo el viaducto|\
        en la segunda planta de la biblioteca|entre las dos esclusas|por el sendero del norte|junto a las salinas|\
        en el andén 4|en una antigua cámara acorazada",
    times: "antes de la primera helada|tras tres intentos|un martes tranquilo|contra todo consejo|\
        con herramientas prestadas|en menos de una tarde|sin avisar a nadie|por el precio de un bocadillo|\
        mientras la ciudad dormía|mucho después de acabarse el dinero",
    sentences: "{s} {v} {o} {p}.|{t}, {s} {v} {o}.|{s} {v} {o} {p}, y {s} {v} {o}.|\
        hicieron falta {n} días, pero {s} {v} {o}.|nadie sabía que {s} {v} {o} {p}.|{p}, {s} {v} {o} {t}.",
    titles: "{s} {v} {o}|por qué {s} {v} {o}|«{o}»: una visita {p}|{s} {v} {o} {t}|{n} días con {o}",
    sections: "Ciudad|Cultura|Ciencia|Trabajo|Viajes|Opinión|Deporte|Mesa",
    tags: "puerto|artesanía|trenes|tiempo|archivos|jardines|puentes|música|pan|mapas",
    authors: "Lucía Ferrán|Mateo Quiroga|Irene Salcedo|Pau Vidal",
    labels: "Inicio|Quiénes somos|Contacto|Privacidad|Buscar|Leer más|También te puede interesar|Comentarios|\
        El boletín del viernes|Una carta por semana y nada más. Puedes darte de baja cuando quieras.|Suscribirse|\
        Usamos cookies para medir la audiencia. Puedes rechazarlas en los ajustes.|Aceptar todo|Archivo|\
        Entradas recientes|Etiquetas|Lo más leído|Entradas antiguas|Entradas nuevas|Compartir",
};

pub static PORTUGUESE: Tongue = Tongue {
    code: "pt",
    subjects: "o conselho do porto|uma antiga sinaleira|o padeiro da noite|dois irmãos do moinho|\
        a guia mais nova do museu|uma turma de dez anos|o último tanoeiro|os apicultores do vale|\
        um coro sem maestro|o encadernador da rua da Parreira|a autoridade do rio|um astrônomo amador",
    verbs: "conserta|coleciona|defende|mede|descreve|redescobre|desenha|conserva|desmonta|oferece|fotografa|restaura",
    objects: "o velho marégrafo|uma caixa de mapas sem nome|o forno mais antigo|uma ponte que ninguém atravessa|\
        o relógio do mercado|uma receita de pão cinzento|a lâmpada do farol|três séculos de notas do tempo|\
        um barco chamado Paciência|a gaveta perdida do arquivo|um campo de linho azul|um mural inacabado",
    places: "atrás da alfândega|no fim do cais|num galpão de Larim|debaixo do viaduto|\
        no segundo andar da biblioteca|entre as duas comportas|pela trilha do norte|à beira das salinas|\
        na plataforma 4|num antigo cofre de banco",
    times: "antes da primeira geada|depois de três tentativas|numa terça-feira calma|contra todos os conselhos|\
        com ferramentas emprestadas|em menos de uma tarde|sem avisar ninguém|pelo preço de um sanduíche|\
        enquanto a cidade dormia|muito depois de acabar o dinheiro",
    sentences: "{s} {v} {o} {p}.|{t}, {s} {v} {o}.|{s} {v} {o} {p}, e {s} {v} {o}.|\
        foram precisos {n} dias, mas {s} {v} {o}.|ninguém sabia que {s} {v} {o} {p}.|{p}, {s} {v} {o} {t}.",
    titles: "{s} {v} {o}|por que {s} {v} {o}|“{o}”: uma visita {p}|{s} {v} {o} {t}|{n} dias com {o}",
    sections: "Cidade|Cultura|Ciência|Trabalho|Viagem|Opinião|Esporte|Mesa",
    tags: "porto|ofícios|trens|tempo|arquivos|jardins|pontes|música|pão|mapas",
    authors: "Helena Brandão|Caio Teles|Marta Lacerda|Rui Sampaio",
    labels: "Início|Sobre|Contato|Privacidade|Buscar|Leia mais|Leia também|Comentários|A carta de sexta|\
        Uma carta por semana, nada mais. Você pode sair quando quiser.|Assinar|\
        Usamos cookies para medir a audiência. Você pode recusá-los.|Aceitar tudo|Arquivo|Posts recentes|Etiquetas|\
        Mais lidas|Posts antigos|Posts novos|Compartilhar",
};

pub static DUTCH: Tongue = Tongue {
    code: "nl",
    subjects: "de havenraad|een oude seinwachter|de nachtbakker|twee broers van de molen|de jongste gids van het museum|\
        een klas van tien jaar|de laatste kuiper|de imkers uit de polder|een koor zonder dirigent|\
        de boekbinder uit de Wijnstraat|het waterschap|een sterrenkijker uit Hoorn",
    verbs: "herstelt|verzamelt|verdedigt|meet|beschrijft|herontdekt|tekent|bewaart|demonteert|schenkt|fotografeert|bewondert",
    objects: "de oude getijdenmeter|een kist met naamloze kaarten|de oudste oven van het dorp|een brug zonder verkeer|\
        de klok boven de markt|een recept voor grijs brood|de lamp van de vuurtoren|drie eeuwen weerberichten|\
        een roeiboot met de naam Geduld|de verloren la van het archief|een veld met blauw vlas|een halve muurschildering",
    places: "achter het tolhuis|aan het eind van de pier|in een schuur bij Larksveld|onder het viaduct|\
        op de tweede verdieping van de bibliotheek|tussen de twee sluizen|langs het noordelijke pad|\
        aan de rand van het zoutmoeras|op spoor 4|in een oude bankkluis",
    times: "voor de eerste vorst|na drie pogingen|op een stille dinsdag|tegen elk advies|met geleend gereedschap|\
        in minder dan een middag|zonder iets te zeggen|voor de prijs van een broodje|terwijl de stad sliep|\
        lang nadat het geld op was",
    sentences: "{s} {v} {o} {p}.|{s} {v} {o}, {t}.|{s} {v} {o} {p}, en {s} {v} {o}.|\
        het duurde {n} dagen, maar {s} {v} {o}.|niemand wist het: {s} {v} {o} {p}.|{s} {v} {t} {o}.",
    titles: "{s} {v} {o}|waarom {o} telt: {s} {v} verder|{s} {v} {o} {t}|{n} dagen met {o}|‘{o}’ {p}",
    sections: "Stad|Cultuur|Wetenschap|Werk|Reizen|Opinie|Sport|Eten",
    tags: "haven|ambacht|spoor|weer|archief|tuinen|bruggen|muziek|brood|kaarten",
    authors: "Sanne Visser|Bram de Wit|Fleur Kuiper|Joost Hoekstra",
    labels: "Home|Over ons|Contact|Privacy|Zoeken|Lees verder|Lees ook|Reacties|Onze nieuwsbrief|\
        Elke vrijdag een brief, meer niet. Afmelden kan altijd.|Aanmelden|\
        Wij gebruiken cookies om onze site te meten. U kunt ze weigeren.|Alles accepteren|Archief|Recente berichten|\
        Trefwoorden|Meest gelezen|Oudere berichten|Nieuwere berichten|Delen",
};

pub static ITALIAN: Tongue = Tongue {
    code: "it",
    subjects: "il consiglio del porto|una vecchia segnalatrice|il fornaio di notte|due fratelli del mulino|\
        la guida più giovane del museo|una classe di dieci anni|l’ultimo bottaio|gli apicoltori della valle|\
        un coro senza direttore|il rilegatore di via delle Viti|l’autorità del fiume|un astrofilo di Lecco",
    verbs: "ripara|raccoglie|difende|misura|descrive|riscopre|disegna|conserva|smonta|regala|fotografa|restaura",
    objects: "il vecchio mareografo|una cassa di mappe anonime|il forno più antico|un ponte che nessuno attraversa|\
        l’orologio del mercato|una ricetta di pane grigio|la lampada del faro|tre secoli di note sul tempo|\
        una barca di nome Pazienza|il cassetto perduto dell’archivio|un campo di lino blu|un murale incompiuto",
    places: "dietro la dogana|in fondo al molo|in un capanno di Larino|sotto il viadotto|\
        al secondo piano della biblioteca|tra le due chiuse|lungo il sentiero a nord|ai margini della salina|\
        sul binario 4|in un vecchio caveau",
    times: "prima della prima gelata|dopo tre tentativi|un martedì tranquillo|contro ogni consiglio|\
        con attrezzi in prestito|in meno di un pomeriggio|senza dire nulla|al prezzo di un panino|\
        mentre la città dormiva|molto dopo la fine dei soldi",
    sentences: "{s} {v} {o} {p}.|{t}, {s} {v} {o}.|{s} {v} {o} {p}, e {s} {v} {o}.|\
        ci sono voluti {n} giorni, ma {s} {v} {o}.|nessuno sapeva che {s} {v} {o} {p}.|{p}, {s} {v} {o} {t}.",
    titles: "{s} {v} {o}|perché {s} {v} {o}|«{o}»: una visita {p}|{s} {v} {o} {t}|{n} giorni con {o}",
    sections: "Città|Cultura|Scienza|Lavoro|Viaggi|Opinioni|Sport|Cucina",
    tags: "porto|artigianato|ferrovie|meteo|archivi|giardini|ponti|musica|pane|mappe",
    authors: "Giulia Moretti|Dario Venni|Sara Colombo|Piero Alba",
    labels: "Home|Chi siamo|Contatti|Privacy|Cerca|Continua a leggere|Leggi anche|Commenti|La lettera del venerdì|\
        Una lettera a settimana e niente altro. Puoi cancellarti quando vuoi.|Iscriviti|\
        Usiamo i cookie per misurare le visite. Puoi rifiutarli.|Accetta tutti|Archivio|Articoli recenti|Tag|\
        I più letti|Articoli precedenti|Articoli successivi|Condividi",
};
