using Baton.Conversations.Attachments;
using Baton.Text;
using MimeKit;
using MimeKit.Text;

namespace Baton.Channels.Email;

/// <summary>What a person sees of a mail: one text, and the files beside it.</summary>
internal sealed record MailParts(string Text, IReadOnlyList<InboundAttachment> Files)
{
    /// <summary>A mail is not a file system: what is deeper or more is not looked for.</summary>
    private const int MostParts = 200, Deepest = 30;

    /// <param name="largestFile">Of a larger file only the size is read.</param>
    public static MailParts Of(MimeEntity? body, int largestFile)
    {
        var (texts, files) = (new List<TextPart>(), new List<MimeEntity>());
        var left = MostParts;
        if (body is not null) Collect(body, texts, files, 0, ref left);
        var plain = texts.Where(t => !t.IsHtml).Select(Plain).Where(HasWords).ToList();
        var seen = plain.Count > 0
            ? string.Join("\n\n", plain)
            : string.Join("\n\n", texts.Where(t => t.IsHtml).Select(Html).Where(HasWords));
        return new MailParts(Clean(seen), [.. files.Select(f => File(f, largestFile))]);
    }

    private static void Collect(
        MimeEntity entity, List<TextPart> texts, List<MimeEntity> files, int depth, ref int left)
    {
        if (--left < 0) return;
        if (depth > Deepest)
        {
            files.Add(entity);
            return;
        }
        switch (entity)
        {
            case Multipart parts:
                foreach (var part in parts) Collect(part, texts, files, depth + 1, ref left);
                break;
            // A signature of the whole mail says nothing to people.
            case MimePart { ContentType: { } type } when type.IsMimeType("application", "pgp-signature")
                || type.IsMimeType("application", "pkcs7-signature")
                || type.IsMimeType("application", "x-pkcs7-signature"):
                break;
            case TextPart text when !text.IsAttachment && (text.IsPlain || text.IsHtml || text.IsFlowed
                || text.ContentType.IsMimeType("text", "enriched") || text.ContentType.IsMimeType("text", "markdown")):
                texts.Add(text);
                break;
            default:
                files.Add(entity);
                break;
        }
    }

    private static string Plain(TextPart part)
    {
        var text = Decoded(part);
        if (!part.IsFlowed) return text;
        return new FlowedToText
        {
            DeleteSpace = string.Equals(
                part.ContentType.Parameters["delsp"], "yes", StringComparison.OrdinalIgnoreCase),
        }.Convert(text);
    }

    private static string Html(TextPart part) => HtmlText.Of(Decoded(part), "text/html");

    /// <summary>
    /// By the charset that it names; by the usual ones where it names none, an unknown or a wrong one.
    /// </summary>
    private static string Decoded(TextPart part)
    {
        using var bytes = new MemoryStream();
        var isBase64 = part.ContentTransferEncoding == ContentEncoding.Base64;
        if (isBase64) part.Content?.WriteTo(bytes);
        else part.Content?.DecodeTo(bytes);
        var read = isBase64 ? FromBase64(bytes.ToArray()) : bytes.ToArray();
        return MailCharset.Decode(read, part.ContentType.Charset, part.IsHtml);
    }

    /// <summary>Up to its end mark: what a mailing list wrote behind it would be read as more of it.</summary>
    private static byte[] FromBase64(ReadOnlySpan<byte> encoded)
    {
        var end = encoded.IndexOf((byte)'=');
        var letters = new List<byte>(encoded.Length);
        foreach (var letter in end < 0 ? encoded : encoded[..end])
            if (char.IsAsciiLetterOrDigit((char)letter) || letter is (byte)'+' or (byte)'/') letters.Add(letter);
        // One letter alone is no byte.
        if (letters.Count % 4 == 1) letters.RemoveAt(letters.Count - 1);
        return Convert.FromBase64String(
            System.Text.Encoding.ASCII.GetString([.. letters]) + new string('=', (4 - letters.Count % 4) % 4));
    }

    private static InboundAttachment File(MimeEntity entity, int largest)
    {
        var name = entity.ContentDisposition?.FileName ?? entity.ContentType.Name ?? entity switch
        {
            MessagePart => "mail.eml",
            TextPart { ContentType.MediaSubtype: "calendar" } => "invitation.ics",
            _ => "file." + entity.ContentType.MediaSubtype.Split('+', '.', '-')[^1],
        };
        using var bytes = new LimitedStream(largest + 1L);
        try
        {
            if (entity is MessagePart message) message.Message?.WriteTo(bytes);
            else if (entity is MimePart part) part.Content?.DecodeTo(bytes);
        }
        catch (FormatException)
        {
            return new InboundAttachment(name, default) { NotRead = "its encoding is broken" };
        }
        return bytes.Written <= largest
            ? new InboundAttachment(name, bytes.ToArray())
            : new InboundAttachment(name, default)
            {
                NotRead = $"it has {bytes.Written:N0} bytes, {largest:N0} are kept at most", Size = bytes.Written,
            };
    }

    private static bool HasWords(string text) =>
        text.Any(c => !char.IsWhiteSpace(c) && c is not ('\u00A0' or '\uFEFF'));

    /// <summary>One kind of line end; no character that no text has.</summary>
    private static string Clean(string text) => string.Concat(text.ReplaceLineEndings("\n")
        .Where(c => !char.IsControl(c) || c is '\n' or '\t')).Trim();
}
