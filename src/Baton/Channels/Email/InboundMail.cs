using System.Security.Cryptography;
using System.Text;
using Baton.Conversations;
using Baton.Conversations.Inbound;
using Baton.Text.Words;
using MimeKit;
using MimeKit.Cryptography;

namespace Baton.Channels.Email;

/// <summary>
/// Reads one mail: whose it is, what it says, which ticket it belongs to, and whether it is mail of ours that came
/// back. Pure.
/// </summary>
internal sealed class InboundMail(EmailOptions options, MailTags tags, int largestFile)
{
    private const int LongestSubject = 500, LongestText = 400_000, LongestHeader = 500, LongestAddress = 254;
    private const int LongestId = 200, LongestResult = 20, MostReferences = 50, MostReported = 200_000;

    /// <summary>Checks of the sender that are shown; names of the ticket's fields.</summary>
    internal static readonly string[] Checked = ["spf", "dkim", "dmarc"];

    /// <summary>What automatic mail is told by; nothing else of a head is handed on.</summary>
    private static readonly string[] Handed =
    [
        "Auto-Submitted", "Precedence", "X-Auto-Response-Suppress", "X-Autoreply", "X-Autorespond", "X-Autoresponder",
        "Return-Path", "List-Id", "X-Failed-Recipients",
    ];

    private static readonly ParserOptions Reading = new() { MaxMimeDepth = 40 };

    /// <param name="size">Of the whole mail, where <paramref name="raw"/> is only its head.</param>
    public ParsedRequest Read(ReadOnlyMemory<byte> raw, long? size = null)
    {
        try
        {
            using var stream = new MemoryStream(raw.ToArray());
            using var mail = MimeMessage.Load(Reading, stream);
            if (mail.Headers.Count == 0 || mail.From.Count + mail.ReplyTo.Count + mail.To.Count == 0
                && Id(mail) is null)
                return new ParsedRequest.Refused("body", "is no mail: it has none of From, To and Message-ID");
            return new ParsedRequest.Arrived([.. Arrivals(mail, raw.Span, size)]);
        }
        // The library says so of what it cannot read; a mail may be any bytes.
        catch (Exception error) when (error is FormatException or ParseException or IOException or ArgumentException
            or NotSupportedException or InvalidOperationException or IndexOutOfRangeException)
        {
            return new ParsedRequest.Refused("body", $"is no mail that can be read: {error.Message}");
        }
    }

    private IEnumerable<Arrival> Arrivals(MimeMessage mail, ReadOnlySpan<byte> raw, long? size)
    {
        // A copy of what we sent, for example because the mailbox is in its own list of recipients.
        if (mail.MessageId is { } own && tags.MessagesIn("<" + own + ">").Any()) return [];
        if (Report(mail, raw) is { } report) return report;
        var id = Id(mail) ?? "none-" + Digest(raw);
        var sender = Sender(mail);
        var parts = MailParts.Of(mail.Body, largestFile);
        var text = CutText.Of(parts.Text, LongestText, "…");
        if (size is { } bytes)
            text = $"[This mail has {bytes:N0} bytes, {options.LargestMail:N0} are read: only its head was.]";
        else if (text.Length == 0 && string.IsNullOrWhiteSpace(mail.Subject))
            text = parts.Files.Count > 0 ? "[No text; files only]" : "[An empty mail]";
        var content = new InboundTicket
        {
            TicketId = TicketId(id), ExternalId = id, CustomerEmail = sender?.Address, CustomerName = sender?.Name,
            Subject = Subject(mail), Fields = Checks(mail),
            CreatedAt = mail.Date > DateTimeOffset.UnixEpoch ? mail.Date.ToUniversalTime() : null,
            Messages =
            [
                new InboundText(Author.Customer, text)
                {
                    Headers = Headers(mail, sender), Attachments = parts.Files, Name = id,
                },
            ],
        };
        return [new Arrival.Reply(content, [.. Tickets(mail).Distinct()], [.. References(mail)])];
    }

    /// <summary>The ticket of a mail that says by its own id which it opens: the same mail opens the same.</summary>
    internal static string TicketId(string id) =>
        "mail-" + MailTags.Base32(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..12];

    /// <summary>
    /// Where answers would go, which is also who writes: a form on a web site has the customer there, and a forged
    /// sender gains nothing, because what is told goes to the address that it was told for.
    /// </summary>
    private static MailboxAddress? Sender(MimeMessage mail) =>
        mail.ReplyTo.Mailboxes.Concat(mail.From.Mailboxes).FirstOrDefault(m =>
            m.Address.Length is > 2 and <= LongestAddress && m.Address.Contains('@', StringComparison.Ordinal)
            && !m.Address.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)));

    private IEnumerable<string> Tickets(MimeMessage mail)
    {
        var given = (IEnumerable<string>)["Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To"];
        var addresses = mail.To.Mailboxes.Concat(mail.Cc.Mailboxes).Select(m => m.Address)
            .Concat(given.SelectMany(
                name => mail.Headers.Where(h => h.Field.Equals(name, StringComparison.OrdinalIgnoreCase))
                .Select(h => h.Value.Trim(' ', '<', '>'))));
        foreach (var address in addresses.Take(MostReferences))
            if (tags.TicketOf(address) is { } ticket) yield return ticket;
        foreach (var reference in References(mail))
            foreach (var message in tags.MessagesIn("<" + reference + ">"))
                yield return message[..Math.Max(0, message.LastIndexOf('/'))];
    }

    /// <summary>The newest first: that is what was answered.</summary>
    private static IEnumerable<string> References(MimeMessage mail) =>
        ((IEnumerable<string?>)[mail.InReplyTo, .. mail.References.Reverse()]).OfType<string>()
        .Where(r => r.Length is > 0 and <= LongestId).Distinct().Take(MostReferences);

    /// <summary>Reports of mail servers on what we sent; null for any other mail.</summary>
    private List<Arrival>? Report(MimeMessage mail, ReadOnlySpan<byte> raw)
    {
        if (mail.Body is not MultipartReport { ReportType: { } type } report
            || !type.Equals("delivery-status", StringComparison.OrdinalIgnoreCase)) return null;
        var status = report.OfType<MessageDeliveryStatus>().FirstOrDefault()?.StatusGroups;
        var action = Field(status, "Action").ToLowerInvariant();
        var ours = tags.MessagesIn(Encoding.Latin1.GetString(raw[..Math.Min(raw.Length, MostReported)]))
            .Distinct().ToList();
        // Of others' mail nothing is known here: it becomes a ticket that is recorded and not answered.
        if (ours.Count == 0) return null;
        // A delay or a receipt changes nothing.
        if (action is not ("failed" or "")) return [];
        var why = string.Join(' ', ((string[])[Field(status, "Status"), Field(status, "Diagnostic-Code")])
            .Where(t => t.Length > 0));
        return [.. ours.Select(message => new Arrival.Failure(message, why.Length > 0 ? why : "the mail came back"))];
    }

    private static string Field(HeaderListCollection? groups, string name) =>
        groups?.Select(g => g[name]).FirstOrDefault(v => !string.IsNullOrWhiteSpace(v))?.Trim() ?? "";

    private Dictionary<string, string> Headers(MimeMessage mail, MailboxAddress? sender)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = mail.Body is MultipartReport ? "multipart/report" : "text/plain",
        };
        foreach (var name in Handed)
            if (mail.Headers[name] is { Length: > 0 } value)
                headers[name] = CutText.Of(value, LongestHeader);
        if (sender is not null
            && options.OwnList.Contains(WithoutTag(sender.Address), StringComparer.OrdinalIgnoreCase))
            headers[Text.AutomaticMail.OwnAddress] = "yes";
        return headers;
    }

    private static string WithoutTag(string address)
    {
        var (plus, at) = (address.IndexOf('+', StringComparison.Ordinal), address.LastIndexOf('@'));
        return plus > 0 && plus < at ? address[..plus] + address[at..] : address;
    }

    /// <summary>
    /// What our own mail server says of the sender; what others wrote into the head is nobody's word.
    /// </summary>
    private Dictionary<string, string> Checks(MimeMessage mail)
    {
        var checks = new Dictionary<string, string>();
        if (options.AuthenticationServer.Length == 0) return checks;
        foreach (var header in mail.Headers.Where(h => h.Id == HeaderId.AuthenticationResults))
        {
            if (!AuthenticationResults.TryParse(header.RawValue, out var results)
                || !options.AuthenticationServer.Equals(
                    results.AuthenticationServiceIdentifier, StringComparison.OrdinalIgnoreCase)) continue;
            foreach (var result in results.Results)
                if (Checked.Contains(result.Method.ToLowerInvariant()) && result.Result.Length <= LongestResult)
                    checks.TryAdd(result.Method.ToLowerInvariant(), result.Result.ToLowerInvariant());
            // The topmost one of this name is the server's own: those below may have come with the mail.
            break;
        }
        return checks;
    }

    private static string? Subject(MimeMessage mail)
    {
        var text = string.Join(' ', string.Concat((mail.Subject ?? "").Select(c => char.IsControl(c) ? ' ' : c))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return text.Length == 0 ? null : CutText.Of(text, LongestSubject, "…");
    }

    private static string? Id(MimeMessage mail) =>
        mail.MessageId is { Length: > 0 and <= LongestId } id && !id.Any(char.IsControl) ? id : null;

    private static string Digest(ReadOnlySpan<byte> raw) => Convert.ToHexStringLower(SHA256.HashData(raw))[..32];
}
