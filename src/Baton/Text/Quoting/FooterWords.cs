using System.Collections.Frozen;

namespace Baton.Text.Quoting;

/// <summary>The words of which signatures, confidentiality notices and contact lines are made.</summary>
internal static class FooterWords
{
    /// <summary>Words that name an office somebody holds, or the place where they hold it.</summary>
    public static readonly FrozenSet<string> Offices = Set(
        "attorney", "attorneys", "lawyer", "lawyers", "solicitor", "solicitors", "barrister", "counsel",
        "paralegal", "notary", "law", "legal", "partner", "associate", "manager", "director", "head", "chief",
        "officer", "president", "vp", "ceo", "cto", "cfo", "coo", "ciso", "founder", "owner", "analyst", "engineer",
        "consultant", "specialist", "coordinator", "administrator", "assistant", "executive", "representative",
        "advisor", "adviser", "supervisor", "lead", "department", "dept", "division", "office", "resources", "llp",
        "llc", "ltd", "inc", "plc", "gmbh", "ag", "rechtsanwalt", "rechtsanwältin", "anwalt", "anwältin", "kanzlei",
        "abteilung", "leiter", "leiterin", "geschäftsführer", "geschäftsführerin", "avocat", "avocate", "directeur",
        "directrice", "responsable", "conseil", "abogado", "abogada", "gerente", "jefe", "jefa", "avvocato",
        "avvocata", "direttore", "direttrice", "advocaat", "adwokat", "advokat", "advogado", "advogada", "diretor",
        "diretora", "juriste", "jurist", "ombudsman", "ombudsperson", "professor", "doctor", "nurse", "inspector",
        "investigator", "examiner", "secretary", "treasurer", "chair", "chairman", "chairwoman");

    /// <summary>Words that may stand small in a title.</summary>
    public static readonly FrozenSet<string> Small = Set(
        "of", "at", "and", "for", "the", "in", "de", "du", "des", "la", "le", "à", "et", "für", "und", "der", "y",
        "e", "di", "del", "da", "van", "voor", "en", "a", "i");

    /// <summary>Words no title has: somebody is saying something.</summary>
    public static readonly FrozenSet<string> Said = Set(
        "i", "i'm", "i'll", "i've", "me", "my", "mine", "we", "us", "our", "you", "your", "he", "she", "they", "it",
        "will", "would", "can", "is", "are", "was", "were", "has", "have", "had", "do", "does", "did", "please",
        "want", "wants", "need", "needs", "call", "get", "give", "sue", "sued", "suing", "report", "reported",
        "hurt", "burned", "stole", "stolen", "hacked", "not", "ich", "mein", "meine", "wir", "je", "mon", "ma",
        "nous", "yo", "mi", "quiero", "quero", "voglio", "ik", "mijn", "jag");

    /// <summary>Words with which somebody speaks of themself.</summary>
    public static readonly FrozenSet<string> Self = Set("i", "me", "my", "mine", "ich", "mein", "meine", "je", "mon");

    /// <summary>How a letter ends before the name.</summary>
    public static readonly string[] Closings =
    [
        "regards", "kind regards", "best regards", "best", "best wishes", "warm regards", "with regards",
        "sincerely", "yours sincerely", "yours faithfully", "yours truly", "cheers", "thanks", "many thanks",
        "thank you", "respectfully", "mit freundlichen grüßen", "freundliche grüße", "viele grüße", "beste grüße",
        "liebe grüße", "mfg", "cordialement", "bien cordialement", "sincères salutations", "saludos", "un saludo",
        "atentamente", "cordiali saluti", "saluti", "distinti saluti", "met vriendelijke groet", "groeten",
        "atenciosamente", "cumprimentos", "pozdrawiam", "z poważaniem", "med vänliga hälsningar",
        "med venlig hilsen", "mvh", "terveisin", "s pozdravem", "saygılarımla",
    ];

    /// <summary>Labels of lines with which companies sign.</summary>
    public static readonly string[] Labels =
    [
        "data protection officer", "datenschutzbeauftragter", "datenschutzbeauftragte",
        "délégué à la protection des données", "delegado de protección de datos", "privacy notice",
        "privacy policy", "privacy statement", "privacy", "gdpr notice", "gdpr information", "gdpr", "datenschutz",
        "datenschutzhinweise", "datenschutzerklärung", "impressum", "imprint", "confidentialité", "privacidad",
        "legal notice", "legal", "terms", "registered office", "registered in england", "company number",
        "company no", "company registration", "registration number", "vat", "vat no", "vat number", "ust-idnr",
        "ust-id", "handelsregister", "registergericht", "amtsgericht", "geschäftsführer", "geschäftsführung",
        "sitz der gesellschaft", "managing director", "managing directors", "siret", "siren", "tel", "telephone",
        "telefon", "phone", "mobile", "mobil", "cell", "direct", "office", "fax", "e-mail", "email", "mail", "web",
        "website", "internet", "address", "unsubscribe",
    ];

    /// <summary>
    /// Beginnings of the words of a confidentiality notice. A sentence is one only when nearly all it says is among
    /// them.
    /// </summary>
    public static readonly string[] Notice =
    [
        "confiden", "privileg", "legal", "unauthor", "unlaw", "prohibit", "strict", "disclos", "copy", "copie",
        "distribut", "dissemin", "reproduc", "forward", "transmi", "communicat", "message", "mail", "e-mail",
        "email", "attach", "file", "content", "information", "inform", "recipient", "address", "intend", "sender",
        "notif", "delet", "destroy", "error", "mistake", "immediate", "kind", "please", "contact", "reply",
        "return", "misuse", "use", "lead", "action", "review", "rely", "relian", "retain", "retention", "receiv",
        "individual", "entity", "person", "sole", "only", "named", "contain", "may", "subject", "protect", "law",
        "attorney", "client", "product", "privilege", "disclaim", "liab", "respons", "accept", "damage", "loss",
        "caus", "virus", "scan", "check", "secur", "guarantee", "warrant", "view", "opinion", "express", "necessar",
        "represent", "company", "organi", "employ", "author", "computer", "system", "permit", "permission", "prior",
        "written", "consent", "notice", "policy", "print", "consider", "environment", "think", "before", "paper",
        "transmission", "hereby", "taken", "taking", "reference", "proceed", "civil", "criminal", "penalt", "offen",
        "result", "respect", "part", "whole", "copyright", "reserved", "right", "monitor", "record", "proprietar",
        "exempt", "applicable", "regist", "regard", "designat", "avis", "vertraulich", "nachricht", "empfänger",
        "inform", "absender", "irrtüm", "lösch", "vernicht", "unbefugt", "gestattet", "weitergabe", "kopieren",
        "rechtlich", "geschützt", "anhäng", "enthält", "bestimmt", "verboten", "unerlaubt", "irrtum", "erhalten",
        "benachricht", "untersagt", "courriel", "destinataire", "joint", "erreur", "détrui", "supprim", "expédit",
        "interdit", "autoris", "diffus", "utilis", "reçu", "exclusiv", "mensaje", "correo", "destinatari", "adjunt",
        "remitente", "borr", "elimin", "prohib", "autoriz", "divulg", "recibid", "notifi", "messaggio", "allegat",
        "mittente", "riservat", "errore", "vietat", "ricevut", "cancell", "bericht", "vertrouwelijk", "bestemd",
        "geadresseerd", "afzender", "bijlage", "vergissing", "verwijder", "verbod", "mensagem", "anexo", "proibid",
        "receb", "wiadomoś", "poufn", "adresat", "nadawc", "załącznik", "usuń", "zabronion", "otrzyma", "sekret",
        "fortrolig", "mottaga", "modtag", "avsänd", "afsend", "meddel",
    ];

    /// <summary>Words that say nothing by themselves.</summary>
    public static readonly FrozenSet<string> Empty = Set(
        "this", "that", "these", "those", "the", "a", "an", "and", "or", "of", "to", "in", "on", "at", "by", "for",
        "from", "with", "is", "are", "be", "been", "was", "were", "has", "have", "had", "you", "your", "it", "its",
        "any", "all", "if", "not", "no", "as", "we", "our", "us", "do", "does", "should", "must", "shall", "will",
        "can", "other", "than", "who", "whom", "which", "such", "so", "also", "there", "their", "them", "upon",
        "without", "und", "oder", "der", "die", "das", "den", "dem", "diese", "dieser", "sie", "sind", "ist",
        "nicht", "für", "wenn", "bitte", "uns", "mit", "von", "zu", "le", "la", "les", "de", "des", "du", "ce",
        "ces", "et", "ou", "est", "vous", "si", "ne", "pas", "en", "un", "une", "à", "par", "pour", "el", "los",
        "las", "y", "o", "es", "que", "este", "esta", "usted", "por", "para", "il", "lo", "gli", "e", "è", "che",
        "questo", "questa", "per", "het", "een", "van", "dit", "deze", "aan", "u", "niet", "als", "is", "os", "da",
        "do", "se", "jest", "w", "i", "z", "lub", "nie");

    private static FrozenSet<string> Set(params string[] words) => words.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
