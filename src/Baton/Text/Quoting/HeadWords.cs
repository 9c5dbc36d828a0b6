using System.Buffers;
using System.Collections.Frozen;

namespace Baton.Text.Quoting;

/// <summary>
/// The words of reply heads, pasted headers and dividers, as mail programs write them in their users' languages.
/// </summary>
internal static class HeadWords
{
    /// <summary>How "wrote" is said between a name and a colon.</summary>
    public static readonly string[] Wrote =
    [
        "wrote", "writes", "schrieb", "a écrit", "escribió", "escribio", "ha scritto", "scrive", "escreveu",
        "schreef", "skrev", "skrifaði", "kirjoitti", "napisał", "napisała", "napisał(a)", "pisze", "napsal",
        "napsala", "napsal(a)", "napísal", "napísal(a)", "a scris", "írta", "έγραψε", "yazdı", "пишет", "писал",
        "написал", "написала", "написал(а)", "пише", "написав", "写道", "寫道", "写了", "さんは書きました", "は書きました", "のメール",
        "のメッセージ", "さんからのメール", "작성", "님이 작성", "كتب", "כתב", "đã viết", "menulis", "va escriure", "je napisao",
        "je napisao/la", "rašė", "rakstīja", "kirjutas", "napisao", "je napisal",
    ];

    /// <summary>How such a line begins when the date comes first.</summary>
    public static readonly string[] Starts =
    [
        "on ", "am ", "le ", "el ", "il ", "il giorno ", "em ", "op ", "den ", "dnia ", "w dniu ", "dne ", "dňa ",
        "pada ", "vào ", "în ", "la data de ", "a las ", "quoting ", "zitat von ", "citando ", "citát ", "at ",
        "no dia ", "a ", "於", "于",
    ];

    /// <summary>Beginnings of the names of days: a date may begin with one.</summary>
    public static readonly string[] Days =
    [
        "mon", "tue", "wed", "thu", "fri", "sat", "sun", "mo", "di", "mi", "do", "fr", "sa", "so", "lun", "mar",
        "mer", "jeu", "ven", "sam", "dim", "mié", "mie", "jue", "vie", "sáb", "sab", "dom", "gio", "seg", "ter",
        "qua", "qui", "sex", "ma", "wo", "za", "zo", "man", "tir", "ons", "tor", "fre", "lør", "søn", "mån", "tis",
        "lör", "sön", "ti", "ke", "to", "pe", "la", "su", "pon", "wt", "śr", "czw", "pt", "sob", "niedz", "po",
        "út", "st", "čt", "pá", "ne", "pzt", "sal", "çar", "per", "cum", "cmt", "paz", "пн", "вт", "ср", "чт", "пт",
        "сб", "вс", "пон", "вів", "чет", "周", "星期",
    ];

    /// <summary>Labels of the line that names the sender.</summary>
    public static readonly FrozenSet<string> From = Set(
        "from", "von", "de", "da", "van", "od", "från", "fra", "lähettäjä", "kimden", "gönderen", "差出人", "送信者",
        "发件人", "寄件者", "寄件人", "от", "от кого", "від", "feladó", "von:", "från", "od", "από", "보낸 사람", "보낸사람", "من",
        "מאת", "från", "expéditeur", "remitente", "mittente", "afzender", "nadawca", "avsändare", "afsender",
        "avsender", "odesílatel", "de la");

    /// <summary>Labels of the other lines of a pasted header.</summary>
    public static readonly FrozenSet<string> Other = Set(
        "sent", "date", "to", "cc", "bcc", "reply-to", "gesendet", "datum", "an", "kopie", "antwort an", "envoyé",
        "à", "enviado", "fecha", "para", "inviato", "data", "a", "verzonden", "aan", "wysłane", "wysłano", "do",
        "dw", "skickat", "till", "kopia", "sendt", "dato", "til", "lähetetty", "päivämäärä", "vastaanottaja",
        "kopio", "odesláno", "komu", "kopie", "gönderilme", "tarih", "kime", "bilgi", "送信日時", "日時", "宛先", "发送时间",
        "日期", "收件人", "寄件日期", "收件者", "抄送", "отправлено", "дата", "кому", "копия", "elküldve", "címzett", "받는 사람",
        "날짜", "تاريخ", "إلى", "תאריך", "אל", "importance", "attachments");

    /// <summary>Labels of the subject, which nobody but a mail program writes.</summary>
    public static readonly FrozenSet<string> Subject = Set(
        "subject", "betreff", "objet", "asunto", "oggetto", "onderwerp", "assunto", "temat", "ämne", "emne", "aihe",
        "předmět", "predmet", "konu", "件名", "主题", "主旨", "тема", "tárgy", "제목", "θέμα", "الموضوع", "נושא",
        "subiect");

    /// <summary>What stands between the dashes above somebody else's mail, or alone on its line.</summary>
    public static readonly FrozenSet<string> Dividers = Set(
        "original message", "original e-mail", "forwarded message", "forwarded mail", "forwarded",
        "begin forwarded message", "ursprüngliche nachricht", "original-nachricht", "originalnachricht",
        "weitergeleitete nachricht", "anfang der weitergeleiteten nachricht", "anfang der weitergeleiteten e-mail",
        "message d'origine", "message original", "message transféré", "message réexpédié",
        "début du message réexpédié", "début du message transféré", "mensaje original", "mensaje reenviado",
        "inicio del mensaje reenviado", "messaggio originale", "messaggio inoltrato", "inizio messaggio inoltrato",
        "mensagem original", "mensagem encaminhada", "mensagem reencaminhada", "início da mensagem encaminhada",
        "início da mensagem reencaminhada", "oorspronkelijk bericht", "doorgestuurd bericht",
        "begin doorgestuurd bericht", "wiadomość oryginalna", "oryginalna wiadomość", "wiadomość przekazana",
        "przekazana wiadomość", "początek przekazywanej wiadomości", "ursprungligt meddelande",
        "originalmeddelande", "vidarebefordrat meddelande", "vidarebefordrat brev", "oprindelig meddelelse",
        "original meddelelse", "videresendt meddelelse", "videresendt besked", "start på videresendt besked",
        "opprinnelig melding", "videresendt melding", "videresendt e-post", "alkuperäinen viesti",
        "välitetty viesti", "välitetty viesti alkaa", "původní zpráva", "přeposlaná zpráva",
        "začátek přeposlané zprávy", "pôvodná správa", "orijinal mesaj", "özgün ileti", "iletilen mesaj",
        "iletilmiş mesaj", "yönlendirilen ileti", "исходное сообщение", "пересылаемое сообщение",
        "пересланное сообщение", "начало переадресованного сообщения", "оригінальне повідомлення", "eredeti üzenet",
        "továbbított üzenet", "元のメッセージ", "転送されたメッセージ", "転送メッセージ", "原始邮件", "原始郵件", "转发的邮件", "转发邮件", "轉寄的郵件",
        "원본 메시지", "전달된 메시지", "mesaj original", "mesaj redirecționat", "αρχικό μήνυμα", "pesan asli", "thư gốc");

    /// <summary>Dividers with a name behind them.</summary>
    public static readonly string[] DividerStarts =
        ["forwarded by ", "weitergeleitet von ", "transféré par ", "reenviado por ", "inoltrato da "];

    /// <summary>What helpdesks write above their own text.</summary>
    public static readonly SearchValues<string> Helpdesk = SearchValues.Create(
    [
        "reply above this line", "respond above this line", "reply above the line", "type your reply above",
        "write above this line", "antworten sie oberhalb dieser zeile", "oberhalb dieser linie",
        "oberhalb dieser zeile", "au-dessus de cette ligne", "por encima de esta línea", "encima de esta línea",
        "sopra questa riga", "sopra questa linea", "acima desta linha", "boven deze regel", "powyżej tej linii",
        "ovanför den här raden", "ovenfor denne linje", "над этой строкой", "この行の上", "在此行上方", "在此线上方",
    ], StringComparison.OrdinalIgnoreCase);

    private static FrozenSet<string> Set(params string[] words) => words.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
