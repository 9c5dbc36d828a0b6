using System.Text.RegularExpressions;
using Baton.Text.Quoting;

namespace Baton.Text;

/// <summary>
/// Mail that a machine sent: absence notices, automatic answers, delivery failures. In doubt it is a customer's: a
/// question or a request in it makes it one, whatever its header says.
/// </summary>
public static partial class AutomaticMail
{
    /// <summary>Characters that are searched; a machine says what it is at once.</summary>
    private const int Longest = 4_000;

    /// <summary>
    /// Field that a channel sets on mail from one of our own addresses: answering it would go on for ever.
    /// </summary>
    public const string OwnAddress = "X-Baton-Own-Address";

    /// <summary>What the kind is of mail that holds no customer's words.</summary>
    internal const string Report = "a report of a mail server";

    /// <summary>What the kind is of mail from an address of our own.</summary>
    internal const string Own = "from an address of our own";

    /// <summary>Headers of machines that answer; "no" in one means that none did.</summary>
    private static readonly string[] Answering = ["Auto-Submitted", "X-Autoreply", "X-Autorespond", "X-Autoresponder"];

    /// <summary>What kind of automatic mail it is, for people, or null.</summary>
    /// <param name="headers">Headers of the mail as far as the channel has them, by name in any case.</param>
    /// <param name="subject">Subject, raw; may be null.</param>
    /// <param name="text">The text as a person sees it.</param>
    public static string? Of(IReadOnlyDictionary<string, string> headers, string? subject, string text)
    {
        var seen = text.Length <= Longest ? text : text[..Longest];
        var title = subject?.Trim() ?? "";
        if (ByReport(headers) is { } report) return report;
        if (Value(headers, OwnAddress).Length > 0) return Own;
        if (IsRequest(OwnWords.Of(seen))) return null;
        if (AutomaticSubjects.IsFailure(title) && Failed().IsMatch(seen)) return "a delivery failed";
        if (ByHeader(headers) is { } header) return header;
        if (AutomaticSubjects.IsAbsence(title)) return $"an automatic answer (subject \"{Short(title)}\")";
        return IsNothingButAbsence(seen) ? "an absence notice" : null;
    }

    /// <summary>What only mail servers send: no customer's words can be in it.</summary>
    private static string? ByReport(IReadOnlyDictionary<string, string> headers) =>
        Value(headers, "Content-Type").StartsWith("multipart/report", StringComparison.OrdinalIgnoreCase)
            || headers.Keys.Any(k => k.Equals("X-Failed-Recipients", StringComparison.OrdinalIgnoreCase))
            ? Report
            : null;

    /// <summary>
    /// What a notice says beyond being one: without quotations and footers, without its words of absence, and without
    /// those that send people elsewhere ("in an emergency call 112"). Words about the reader's things stay.
    /// </summary>
    internal static string Told(string text)
    {
        var own = OwnWords.Of(text.Length <= Longest ? text : text[..Longest]);
        var lines = string.Join('\n', Footers.Without(own.Split('\n')));
        return string.Join('\n', SentenceEnd().Split(lines).Select(s => s.Trim()).Where(s => s.Length > 0
            && !(Absence().IsMatch(s) && !YourThings().IsMatch(s))
            && !(Elsewhere().IsMatch(s) && !FirstPerson().IsMatch(s))));
    }

    private static string? ByHeader(IReadOnlyDictionary<string, string> headers)
    {
        foreach (var name in Answering)
            if (Value(headers, name) is { Length: > 0 } value
                && !value.StartsWith("no", StringComparison.OrdinalIgnoreCase))
                return $"{name}: {Short(value)}";
        var precedence = Value(headers, "Precedence").ToLowerInvariant();
        if (precedence is "auto_reply" or "bulk" or "junk" or "list") return "Precedence: " + precedence;
        if (Value(headers, "Return-Path").Replace(" ", "", StringComparison.Ordinal) is "<>") return "Return-Path: <>";
        // Some companies put it on everything they send unless it says "All".
        if (Value(headers, "X-Auto-Response-Suppress").Equals("All", StringComparison.OrdinalIgnoreCase))
            return "X-Auto-Response-Suppress: All";
        return Value(headers, "List-Id").Length > 0 ? "a mailing list" : null;
    }

    private static string Value(IReadOnlyDictionary<string, string> headers, string name)
    {
        foreach (var (key, value) in headers)
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase)) return value.Trim();
        return "";
    }

    /// <summary>Whether somebody wants something: then a person wrote it, or it concerns one.</summary>
    private static bool IsRequest(string text) => Question().IsMatch(text) || Request().IsMatch(text);

    /// <summary>Without a header or a subject that says so, every sentence must be one of an absence notice.</summary>
    private static bool IsNothingButAbsence(string text)
    {
        var sentences = SentenceEnd().Split(OwnWords.Of(text)).Select(s => s.Trim()).Where(s => s.Length > 0).ToList();
        return !sentences.Any(s => Telling().IsMatch(s)) && sentences.Any(s => Absence().IsMatch(s))
            && sentences.All(s => (Absence().IsMatch(s) || Polite().IsMatch(s)) && !Asks().IsMatch(s));
    }

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private const RegexOptions Reading =
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    [GeneratedRegex(@"(\S+\s+){3,}\S*[?？]|[？]", Reading)]
    private static partial Regex Question();

    [GeneratedRegex(@"\b(my|our|the|an?) (\w+ )?(order|orders|parcel|package|account|card|invoice|refund|subscription"
        + @"|delivery|stove|tent)\b"
        + @"|\b(refund|i want|i need|i would like|i'd like|broken|damaged|doesn't work|does not work|please (send"
        + @"|cancel|change|refund"
        + @"|deliver|help|tell)|lawyer|hurt|injur\w*|burn\w*|explod\w*|hacked|complain\w*|attorney|suing|sue you|to court|chargeback"
        + @"|bleeding|caught fire|on fire|electric shock|choking|stolen|unauthori[sz]ed|phishing|(lost|wiped|deleted) (all )?(my|our)"
        + @"|(talk|speak) (to|with) (a|your) (human|person|real person|manager|supervisor))\b|\b[a-z]{2,4}-?\d{4,}\b"
        + @"|\b(meine bestellung|mein paket|ich möchte|ich brauche|ma commande|mon colis|je voudrais|mi pedido"
        + @"|mi paquete|quiero)\b", Reading)]
    private static partial Regex Request();

    /// <summary>What happened, and what to do: "we were on vacation when …", "so deliver it later".</summary>
    [GeneratedRegex(@"\b(was|were|had been|went) (\w+ )?on (\w+ )?(leave|vacation|holidays?)\b"
        + @"|\b(deliver|ship|cancel|exchange|hold|pause|delay|postpone) (it|them|this|that|the|my|our|until|after)\b",
        Reading)]
    private static partial Regex Telling();

    [GeneratedRegex(@"\b[245]\.\d{1,3}\.\d{1,3}\b|\b(mail|message|recipient|address|mailbox|nachricht|empfänger|postfach"
        + @"|destinataire|message"
        + @"|destinatario|mensaje|messaggio|bericht|mensagem|wiadomoś\w*)\b.{0,200}\b(delivered|undeliver\w*"
        + @"|unknown|full|rejected|failed"
        + @"|not found|does not exist|zugestellt|unbekannt|remis|inconnu|entregar\w*|entregado|consegnat\w*|bezorgd"
        + @"|entregue|doręczon\w*)\b",
        Reading | RegexOptions.Singleline)]
    private static partial Regex Failed();

    [GeneratedRegex(@"\bout of (the )?office\b|(\b(am|i'm|i’m|are|is|be|been|currently|away|off) |^)on (annual|parental"
        + @"|maternity|paternity|sick|medical)? ?(leave|vacation|holidays?)\b"
        + @"|\baway from (my desk|the office|my e-?mail)\b|\blimited access to (my )?e-?mails?\b|\b(i|we)( (will|shall)|'ll|’ll)"
        + @" (reply|respond|answer|get back)\b|(^|\bthis is an )automat(ic|ed) (reply|response|answer|message)\b"
        + @"|\bnot be (forwarded|monitored|read)\b"
        + @"|\b(mailbox|inbox|e-?mails?)\b.{0,30}\b(not|never) (forwarded|monitored)\b"
        + @"|(^|\b(when|until|till|once|as soon as|and|before|after) )i (return|am back|will be back)"
        + @"( (on|from|next|tomorrow|in the office|in (january|february|march|april|may|june|july|august|september"
        + @"|october|november|december|\w+ (days?|weeks?))|to (work|the office)|at work|after|by|monday|tuesday"
        + @"|wednesday|thursday|friday|saturday|sunday)\b.*|)$"
        + @"|\b(in urgent cases|for urgent (matters|requests|issues)|if (it is|your \w+ is) urgent)\b"
        + @"|\bnicht im (büro|haus)\b|\babwesend\b|\bim urlaub\b|\bin elternzeit\b|\bnicht weitergeleitet\b"
        + @"|\bin dringenden fällen\b"
        + @"|\babsent(e)?( du bureau)?\b|\ben congés?\b|\bde retour le\b|\ben cas d'urgence\b"
        + @"|\bfuera de la oficina\b|\bde vacaciones\b|\bfuori ufficio\b|\bin ferie\b|\bafwezig\b|\bmet (vakantie"
        + @"|verlof)\b"
        + @"|\bfora do escritório\b|\bde férias\b|\bpoza biurem\b|\bna urlopie\b|\binte på kontoret\b"
        + @"|\bpå semester\b|\bpå ferie\b"
        + @"|\bdovolen\w*\b|不在にして|休暇中|外出し|休假|отпуск\w*|отсутству\w*", Reading)]
    private static partial Regex Absence();

    /// <summary>A question, with a mark or without one: "can I return on Monday".</summary>
    [GeneratedRegex(@"[?？]|^((hi|hello|hey|so|and|but|ok|please),? )?(can|could|may|might|must|do|does|did|is|are|was|were"
        + @"|will|would|should|shall|has|have|how|what|where|who|whose|why|which)\b|\b(can|could|may|do|does|did|should"
        + @"|must|will|would|are) (i|we|you|they|it)\b", Reading)]
    private static partial Regex Asks();

    [GeneratedRegex(@"^(hi|hello|dear|thanks?|thank you|many thanks|kind|best|regards|sincerely|hallo|guten tag|vielen dank"
        + @"|danke|mit freundlichen"
        + @"|bonjour|merci|cordialement|hola|gracias|saludos|buongiorno|grazie|saluti|hallo|dank|groeten|olá"
        + @"|obrigad\w*|hej|tack|tak|please contact)\b.{0,80}$"
        + @"|^\S+(\s\S+)?$", Reading)]
    private static partial Regex Polite();

    /// <summary>"Your tent" is about us; "your message will not be forwarded" is about the mail.</summary>
    [GeneratedRegex(@"\byour (?!(e-?mails?|messages?|mails?|requests?|tickets?|in?quir\w+|enquir\w+|questions?|understanding|patience)\b)\w",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex YourThings();

    /// <summary>Whom else to turn to, and when.</summary>
    [GeneratedRegex(@"^(for|in|if|should|regarding|concerning|bei|im|wenn|falls|en|para|si|per)\b.{0,160}\b(contact|call|dial|reach|e-?mail"
        + @"|write|ring|phone|ask|turn|speak|talk|kontaktier\w*|wenden|ruf\w*|anruf\w*|contacte\w*|appel\w*|llam\w*|contatt\w*|escrib\w*)\b"
        + @"|^(please |bitte )?(contact|call|dial|e-?mail|reach|kontaktieren)\b", Reading)]
    private static partial Regex Elsewhere();

    [GeneratedRegex(@"\b(i|me|we|us|ich|mich|mir|wir|uns|je|nous|yo|nosotros)\b", Reading)]
    private static partial Regex FirstPerson();

    [GeneratedRegex(@"[.!?。！]+(\s+|$)|\n", Reading | RegexOptions.ExplicitCapture)]
    private static partial Regex SentenceEnd();
}
