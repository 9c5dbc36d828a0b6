using System.Text;

namespace Baton.Conversations.Attachments;

/// <summary>
/// What a file is by its first bytes. Nothing is unpacked, decoded or run: a list of marks is compared, and a file that
/// has none is plain text or unknown.
/// </summary>
internal static class ContentType
{
    public const string Unknown = "application/octet-stream", Text = "text/plain";

    private const int Looked = 64 * 1024;

    private static readonly (int At, byte[] Mark, string Type)[] Marks =
    [
        (0, [0x89, .. "PNG\r\n"u8], "image/png"), (0, [0xFF, 0xD8, 0xFF], "image/jpeg"),
        (0, [.. "GIF87a"u8], "image/gif"), (0, [.. "GIF89a"u8], "image/gif"),
        (8, [.. "WEBP"u8], "image/webp"), (8, [.. "WAVE"u8], "audio/wav"),
        (0, [.. "II*\0"u8], "image/tiff"), (0, [.. "MM\0*"u8], "image/tiff"),
        (4, [.. "ftyphei"u8], "image/heic"), (4, [.. "ftypmif1"u8], "image/heic"),
        (4, [.. "ftypqt"u8], "video/quicktime"), (4, [.. "ftyp"u8], "video/mp4"),
        (0, [.. "%PDF-"u8], "application/pdf"), (0, [.. "ID3"u8], "audio/mpeg"), (0, [0xFF, 0xFB], "audio/mpeg"),
        (0, [.. "OggS"u8], "audio/ogg"),
        (0, [0xD0, 0xCF, 0x11, 0xE0], "application/x-ole-storage"), (0, [.. "MZ"u8], "application/x-msdownload"),
        (0, [0x7F, .. "ELF"u8], "application/x-executable"), (0, [0xCA, 0xFE, 0xBA, 0xBE], "application/java-vm"),
        (0, [.. "Rar!"u8], "application/vnd.rar"), (0, [0x37, 0x7A, 0xBC, 0xAF], "application/x-7z-compressed"),
        (0, [0x1F, 0x8B], "application/gzip"), (0, [.. "{\\rtf"u8], "application/rtf"),
        (0, [.. "#!"u8], "text/x-script"),
    ];

    /// <summary>Words with which text begins that programs run or show as a page.</summary>
    private static readonly (string Start, string Type)[] Active =
    [
        ("<!doctype html", "text/html"), ("<html", "text/html"), ("<script", "text/html"), ("<svg", "image/svg+xml"),
        ("<?xml", "application/xml"), ("<?php", "text/x-script"), ("<%", "text/x-script"),
    ];

    public static string Of(ReadOnlySpan<byte> body)
    {
        foreach (var (at, mark, type) in Marks)
            if (body.Length >= at + mark.Length && body.Slice(at, mark.Length).SequenceEqual(mark)) return type;
        return body.StartsWith("PK\u0003\u0004"u8) ? Package(body) : OfText(body);
    }

    /// <summary>
    /// Office files are archives with well-known names in them; whatever has macros is not one of them.
    /// </summary>
    private static string Package(ReadOnlySpan<byte> body)
    {
        if (body.IndexOf("vbaProject.bin"u8) >= 0) return "application/vnd.ms-office.macroEnabled";
        if (body.IndexOf("[Content_Types].xml"u8) >= 0)
            return "application/vnd.openxmlformats-officedocument" + (body.IndexOf("word/"u8) >= 0
                ? ".wordprocessingml.document"
                : body.IndexOf("xl/"u8) >= 0 ? ".spreadsheetml.sheet" : ".presentationml.presentation");
        var start = body[..Math.Min(body.Length, 200)];
        foreach (var kind in (string[])["text", "spreadsheet", "presentation"])
            if (start.IndexOf(Encoding.ASCII.GetBytes("application/vnd.oasis.opendocument." + kind)) >= 0)
                return "application/vnd.oasis.opendocument." + kind;
        return "application/zip";
    }

    private static string OfText(ReadOnlySpan<byte> body)
    {
        // A character that is cut in two at the end of what is looked at is no sign of anything.
        for (var cut = 0; cut < 4; cut++)
        {
            var seen = body[..Math.Max(0, Math.Min(body.Length, Looked) - (body.Length > Looked ? cut : 0))];
            if (!System.Text.Unicode.Utf8.IsValid(seen)) continue;
            var text = Encoding.UTF8.GetString(seen);
            if (text.Any(c => char.IsControl(c) && c is not ('\t' or '\n' or '\r' or '\f' or '\u001b'))) return Unknown;
            var start = text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
            return Active.FirstOrDefault(a => start.StartsWith(a.Start, StringComparison.OrdinalIgnoreCase)).Type
                ?? Text;
        }
        return Unknown;
    }
}
