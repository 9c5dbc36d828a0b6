using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Baton.Channels.Helpdesks;
using Baton.Storage.Outgoing;
using Baton.Text;
using Baton.Text.Words;
using MimeKit;
using MimeKit.Utils;

namespace Baton.Channels.Email;

/// <summary>Writes what is sent: plain text first, the same as simple HTML beside it.</summary>
internal sealed partial class MailWriter(EmailOptions options, MailTags tags)
{
    private const int LongestSubject = 200;

    /// <summary>A text to a customer; null where nobody knows the address.</summary>
    public MimeMessage? Write(OutgoingText text)
    {
        if (text.CustomerEmail is not { } to || !MailboxAddress.TryParse(to, out var customer)) return null;
        customer.Name = text.CustomerName;
        var mail = Start(text.IdempotencyKey, text.At, customer);
        mail.ReplyTo.Add(new MailboxAddress(options.Name, tags.AddressOf(text.TicketId)));
        var subject = Line(text.Subject ?? "Your request");
        mail.Subject = Answer().IsMatch(subject) ? subject : "Re: " + subject;
        if (text.AnswersId is { } answered && IdOf(answered) is { } last)
        {
            mail.InReplyTo = last;
            if (text.ExternalId is { } opening && IdOf(opening) is { } first && first != last)
                mail.References.Add(first);
            mail.References.Add(last);
        }
        // A person's words may be answered by a machine; a machine's never.
        if (text.From != "agent")
        {
            mail.Headers[HeaderId.AutoSubmitted] = "auto-replied";
            mail.Headers["X-Auto-Response-Suppress"] = "All";
        }
        mail.Body = With(text.Files, Body(
            CustomerText.Plain(text),
            CustomerText.IsMarkdown(text) ? Page(MarkdownHtml.Of(text.Text)) : Html(text.Text)));
        return mail;
    }

    /// <summary>A message to people of the team.</summary>
    public MimeMessage Write(OutgoingNotice notice, IEnumerable<string> to)
    {
        var mail = Start(notice.IdempotencyKey, notice.At, [.. to.Select(a => new MailboxAddress("", a))]);
        mail.Subject = Line(notice.Title);
        mail.Headers[HeaderId.AutoSubmitted] = "auto-generated";
        mail.Headers["X-Auto-Response-Suppress"] = "All";
        if (notice.Urgency == NoticeUrgency.High) mail.Importance = MessageImportance.High;
        mail.Body = notice is { Html: { } html, Picture: { } picture }
            ? Illustrated(notice.Text, html, picture) : Body(notice.Text, notice.Html ?? Html(notice.Text));
        return mail;
    }

    /// <summary>A letter to one person of the team.</summary>
    public MimeMessage Write(PrivateLetter letter, string key, DateTimeOffset at)
    {
        var mail = Start(key, at, new MailboxAddress("", letter.To));
        mail.Subject = Line(letter.Title);
        mail.Headers[HeaderId.AutoSubmitted] = "auto-generated";
        mail.Headers["X-Auto-Response-Suppress"] = "All";
        mail.Body = Body(letter.Text, Html(letter.Text));
        return mail;
    }

    /// <summary>The same bytes for every attempt but the boundary between the parts.</summary>
    private MimeMessage Start(string key, DateTimeOffset at, params MailboxAddress[] to)
    {
        var mail = new MimeMessage { Date = at, MessageId = tags.MessageIdOf(key) };
        mail.From.Add(new MailboxAddress(options.Name, options.Address));
        mail.To.AddRange(to);
        return mail;
    }

    private static MultipartAlternative Body(string text, string html) =>
    [
        new TextPart("plain") { Text = text.ReplaceLineEndings("\n") + "\n" },
        new TextPart("html") { Text = html },
    ];

    /// <summary>The picture lies beside the page that shows it, so that nothing is fetched from anywhere.</summary>
    private static MultipartAlternative Illustrated(string text, string html, OutgoingFile picture)
    {
        var body = Body(text, html);
        var page = (TextPart)body[1];
        body.RemoveAt(1);
        body.Add(new MultipartRelated
        {
            page,
            new MimePart(ContentType.Parse(picture.Type))
            {
                Content = new MimeContent(new MemoryStream(picture.Body.ToArray())), ContentId = "chart",
                ContentDisposition = new ContentDisposition(ContentDisposition.Inline) { FileName = picture.Name },
                ContentTransferEncoding = ContentEncoding.Base64,
            },
        });
        return body;
    }

    /// <summary>The files behind the words.</summary>
    private static Multipart With(IReadOnlyList<OutgoingFile> files, MultipartAlternative words)
    {
        if (files.Count == 0) return words;
        var all = new Multipart("mixed") { words };
        foreach (var file in files)
            all.Add(new MimePart(ContentType.Parse(file.Type))
            {
                Content = new MimeContent(new MemoryStream(file.Body.ToArray())), FileName = file.Name,
                ContentDisposition = new ContentDisposition(ContentDisposition.Attachment) { FileName = file.Name },
                ContentTransferEncoding = ContentEncoding.Base64,
            });
        return all;
    }

    private static string Html(string text)
    {
        var html = new StringBuilder();
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
            html.Append("<p>").Append(Linked(paragraph).Replace("\n", "<br>\n", StringComparison.Ordinal))
            .Append("</p>\n");
        return Page(html.ToString());
    }

    private static string Page(string html) => $"<!doctype html><html><body>\n{html}</body></html>\n";

    private static string Linked(string text)
    {
        var (html, at) = (new StringBuilder(), 0);
        foreach (Match link in Address().Matches(text))
        {
            var address = WebUtility.HtmlEncode(link.Value);
            html.Append(WebUtility.HtmlEncode(text[at..link.Index])).Append("<a href=\"").Append(address).Append("\">")
                .Append(address).Append("</a>");
            at = link.Index + link.Length;
        }
        return html.Append(WebUtility.HtmlEncode(text[at..])).ToString();
    }

    /// <summary>What a delivery was called, as a message id; null where Baton made the name.</summary>
    private static string? IdOf(string externalId)
    {
        var id = externalId.Split(Arrival.Reply.AgainMark)[0];
        return id.Contains('@', StringComparison.Ordinal)
            ? MimeUtils.EnumerateReferences("<" + id + ">").FirstOrDefault()
            : null;
    }

    private static string Line(string text)
    {
        var line = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return CutText.Of(line, LongestSubject, "…");
    }

    [GeneratedRegex(@"^\s*(re|aw|sv|antw|odp|rif|rv|vs)\s*:", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Answer();

    [GeneratedRegex(@"https?://[^\s<>""]{1,2000}[^\s<>"".,;:!?)\]']", RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
