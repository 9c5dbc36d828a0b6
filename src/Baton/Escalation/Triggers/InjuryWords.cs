namespace Baton.Escalation.Triggers;

/// <summary>
/// Injuries and danger in languages other than English: somebody who was hurt writes in their own language, whatever
/// the brand answers in. Syntax: <see cref="PhraseList"/>.
/// </summary>
internal static class InjuryWords
{
    private const string German =
        "hand|hände|haende|finger*|arm|arme|bein|beine|fuß|fuss|füße|kopf|gesicht|auge|augen|knie"
        + "|knöchel|handgelenk|rücken|rippe|rippen|nase|schulter|zahn|zähne|haare";

    private const string French =
        "main|mains|doigt|doigts|bras|jambe|jambes|pied|visage|poignet|cheville|genou|tête|tete|dos|yeux";

    private const string Spanish =
        "mano|manos|dedo|dedos|brazo|pierna|pie|cara|muñeca|tobillo|rodilla|cabeza|espalda|ojos|pelo";

    private const string Italian =
        "mano|mani|dito|dita|braccio|gamba|piede|viso|faccia|polso|caviglia|ginocchio|testa|schiena|occhi";

    private const string Dutch = "hand|handen|vinger|vingers|arm|been|voet|gezicht|pols|enkel|knie|hoofd|rug|ogen|haar";

    private const string Polish =
        "rękę|ręke|reke|ręce|rece|dłoń|dłonie|palec|palce|nogę|noge|stopę|twarz|nadgarstek|kostkę|kolano|głowę|głowe";

    private const string Portuguese =
        "mão|mao|mãos|maos|dedo|dedos|braço|braco|perna|pé|rosto|cara|pulso|tornozelo|joelho|cabeça|cabeca";

    public static readonly IReadOnlyList<string> All =
    [
        "verletz*", $"{German} .. verbrannt|verbrüht|gebrochen|gequetscht|geschnitten|aufgeschnitten|verstaucht",
        $"verbrannt|gebrochen|verbrüht .. {German}", "verbrennung*", "explodier*", "in flammen", "feuer gefangen",
        "in brand geraten", "krankenhaus", "notaufnahme", "notarzt", "krankenwagen", "rettungswagen", "blutet*",
        "geblutet", "stromschlag", "kohlenmonoxid", "gasgeruch", "gas tritt aus", "gasleck", "gehirnerschütterung",
        "lebensgefahr", "lebensgefährlich", "weh getan", "wehgetan", "gefährlich*", "abgestürzt", "knochenbruch",
        "seil .. gerissen|riss", "gurt|karabiner .. gerissen|gebrochen|aufgegangen", "gerissen .. seil|gurt",

        "blessé*", "blessee*", "blessure*", "suis blesse", "brûlure*", "brulure*",
        $"brûlé|brulé|brule|brûlée|brulée|brulee|cassé|casse|cassée|fracturé|coupé .. {French}",
        "suis brûlé|brulé|brule",
        "pris|prend feu", "en feu", "explosé|explose|explosa", "hôpital", "hopital", "aux urgences", "saigne*",
        "fuite de gaz", "monoxyde", "dangereux", "dangereuse", "électrocut*", "electrocut*",
        "choc électrique|electrique",
        "corde .. cassé|lâché|rompu", "harnais .. cassé|lâché|cédé",

        "herid*", "lesion*", "lesión", $"quem* .. {Spanish}", "me quem*", "quemadura*", "explot*", "explosión",
        "prendió|prendio fuego", "en llamas", "el|al hospital", "urgencias", "ambulancia", "sangrando", "sangrar",
        $"rompí|rompi|rompió|rompio|fracturé|torcí .. {Spanish}", "fuga de gas", "monóxido", "monoxido",
        "descarga eléctrica|electrica", "peligros*", "cuerda .. rompió|rompio", "arnés|arnes .. rompió|rompio",

        "ferito", "ferita", "feriti", "ferite", "infortun*", "ustion*", $"bruciat* .. {Italian}", "mi sono bruciat*",
        "esplos*", "preso fuoco", "in fiamme", "ospedale", "pronto soccorso", "ambulanza", "sanguin*",
        $"rotto|rotta|fratturat* .. {Italian}", "frattur*", "fuga di gas", "monossido", "scossa elettrica",
        "pericolos*",
        "corda .. rotta|spezzata", "imbrago|imbracatura .. rotto|rotta|ceduto",

        "gewond*", "verwond*", "letsel", $"{Dutch} .. verbrand|gebroken|gesneden|verstuikt",
            $"verbrand|gebroken .. {Dutch}",
        "brandwond*", "ontploft*", "ontploffing", "geëxplodeerd", "geexplodeerd", "vloog|vliegt|staat|stond in brand",
        "in brand gevlogen", "vlam gevat", "ziekenhuis", "spoedeisende hulp", "bloedt", "bloedde", "gaslek",
        "koolmonoxide", "elektrische schok", "gevaarlijk*", "touw .. gebroken|gescheurd",

        "zranił*", "zranil*", "zranion*", "ranny", "ranna", "skalecz*", "obrażeni*", "obrazeni*", "oparz*", "poparz*",
        "wybuch*", "eksplod*", "zapalił|zapaliła|zapalilo|zapaliło się|sie", "szpital*", "pogotowi*", "karetk*",
        "krwawi*", $"złama*|zlama* .. {Polish}", "wyciek gazu", "tlenek węgla|wegla", "poraził* .. prąd*",
        "niebezpieczn*", "lina .. pękła|pekla|zerwała",

        "ferido", "ferida", "feridos", "me feri", "feri me", "machuc*", "lesão", "lesao", "queimadura*",
        $"queimei|queimou|quebrei|quebrou|parti|partiu|cortei .. {Portuguese}", "me queimei", "queimei me", "explodiu",
        "explosão", "explosao", "pegou fogo", "em chamas", "no|ao hospital", "pronto socorro", "ambulância",
        "ambulancia",
        "sangrando", "vazamento|fuga de gás|gas", "choque elétrico|eléctrico|eletrico", "perigos*",
        "corda .. rompeu|partiu",
    ];
}
