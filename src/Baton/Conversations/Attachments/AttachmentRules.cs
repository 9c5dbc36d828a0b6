using System.Security.Cryptography;

namespace Baton.Conversations.Attachments;

/// <summary>
/// Which files are kept. Pure. A file that is not is a line in the ticket that says why: the message comes in all the
/// same.
/// </summary>
internal static class AttachmentRules
{
    private const int LongestName = 120, MostLines = 200;

    /// <summary>Endings by which a double click runs something, or shows it as a page, whatever is inside.</summary>
    private static readonly HashSet<string> Running = new(StringComparer.OrdinalIgnoreCase)
    {
        ".exe", ".com", ".scr", ".pif", ".bat", ".cmd", ".ps1", ".psm1", ".vbs", ".vbe", ".js", ".jse", ".mjs", ".wsf",
        ".wsh", ".hta", ".msi", ".msp", ".jar", ".lnk", ".url", ".reg", ".cpl", ".dll", ".iso", ".img", ".vhd", ".sh",
        ".py", ".rb", ".pl", ".php", ".app", ".command", ".desktop", ".html", ".htm", ".xhtml", ".mht", ".svg", ".xml",
        ".docm", ".xlsm", ".pptm", ".dotm", ".xlam", ".one", ".chm",
    };

    /// <summary>The rows of a message's files, in their order.</summary>
    public static IReadOnlyList<AttachmentRow> Rows(
        string conversationId, int position, IReadOnlyList<InboundAttachment> files, AttachmentOptions options)
    {
        if (files.Count == 0) return [];
        var rows = new List<AttachmentRow>(files.Count);
        var (types, bytes, kept) = (options.TypeList, 0L, 0);
        foreach (var file in files.Take(MostLines))
        {
            var type = file.NotRead is null ? ContentType.Of(file.Body.Span) : ContentType.Unknown;
            var name = Name(file.Name);
            var why = file.NotRead ?? Problem(file, name, type, types, options)
                ?? (kept == options.PerMessage ? $"its message has more than {options.PerMessage} files"
                    : bytes + file.Body.Length > options.BytesPerMessage
                        ? $"the files of its message have more than {options.BytesPerMessage:N0} bytes"
                    : null);
            if (why is null) (bytes, kept) = (bytes + file.Body.Length, kept + 1);
            rows.Add(new AttachmentRow
            {
                ConversationId = conversationId, Position = position, Number = rows.Count + 1, Name = name, Type = type,
                Size = file.Size, NotStored = why, Body = why is null ? file.Body.ToArray() : null,
                Sha256 = why is null ? Convert.ToHexStringLower(SHA256.HashData(file.Body.Span)) : null,
            });
        }
        return rows;
    }

    /// <summary>The name without folders, control characters and marks that turn the direction of writing.</summary>
    internal static string Name(string given)
    {
        var last = given[(given.LastIndexOfAny(['/', '\\']) + 1)..];
        var name = string.Concat(last.Where(c => !char.IsControl(c) && !char.IsSurrogate(c)
            && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.Format
            && c is not ('"' or '<' or '>' or '|' or '*' or '?' or ':'))).Trim(' ', '.');
        if (name.Length == 0) return "file";
        var ending = Path.GetExtension(name);
        return name.Length <= LongestName ? name
            : ending.Length is > 0 and <= 10 ? name[..(LongestName - ending.Length)] + ending : name[..LongestName];
    }

    private static string? Problem(
        InboundAttachment file, string name, string type, IReadOnlyList<string> types, AttachmentOptions options) =>
        file.Body.Length == 0 ? "it is empty"
        : file.Body.Length > options.LargestBytes
            ? $"it has {file.Body.Length:N0} bytes, {options.LargestBytes:N0} are kept at most"
        : Running.Contains(Path.GetExtension(name)) ? $"files named {Path.GetExtension(name)} can run"
        : !types.Any(t => type.StartsWith(t, StringComparison.OrdinalIgnoreCase)) ? $"its content is {type}"
        : null;
}
