using System.Text;
using System.Text.RegularExpressions;

namespace Baton.Channels.Email;

/// <summary>Turns the bytes of a text into characters, whatever its label says.</summary>
internal static partial class MailCharset
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    static MailCharset() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Names that mail programs use and the platform does not know.</summary>
    private static readonly Dictionary<string, string> Other = new(StringComparer.OrdinalIgnoreCase)
    {
        ["cp-850"] = "ibm850", ["latin1"] = "iso-8859-1", ["ansi"] = "windows-1252", ["win-1251"] = "windows-1251",
        ["utf8"] = "utf-8", ["x-unknown"] = "utf-8", ["unknown-8bit"] = "utf-8", ["8bit"] = "utf-8",
        ["ks_c_5601-1987"] = "euc-kr", ["gb2312"] = "gb18030", ["gbk"] = "gb18030", ["iso-8859-8-i"] = "iso-8859-8",
        ["cp932"] = "shift_jis", ["x-sjis"] = "shift_jis", ["cp1252"] = "windows-1252",
    };

    /// <param name="label">As the mail says; may be anything.</param>
    public static string Decode(byte[] bytes, string? label, bool isHtml = false)
    {
        if (Mark(bytes) is { } marked) return marked;
        var said = Known(label) ?? (isHtml ? Known(Meta(bytes)) : null);
        if (said is null || said.CodePage is 65001 or 20127) return Utf8(bytes) ?? Western(bytes);
        // A western label on bytes that are valid UTF-8 and no ASCII is nearly always wrong.
        if (said.IsSingleByte && said.CodePage is 28591 or 1252 && bytes.Any(b => b >= 0x80)
            && Utf8(bytes) is { } better)
            return better;
        return said.CodePage == 28591 ? Western(bytes) : said.GetString(bytes);
    }

    private static Encoding? Known(string? label)
    {
        if (string.IsNullOrWhiteSpace(label)) return null;
        var name = label.Trim(' ', '"', '\'');
        try
        {
            // Of UTF-7 nobody needs the texts, and filters have been fooled by it.
            var found = Encoding.GetEncoding(Other.GetValueOrDefault(name, name));
            return found.CodePage == 65000 ? null : found;
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static string? Mark(byte[] bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8.GetString(bytes.AsSpan(3)),
        [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(bytes.AsSpan(2)),
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(bytes.AsSpan(2)),
        _ => null,
    };

    private static string? Utf8(byte[] bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>
    /// What browsers make of Latin-1: its upper controls are quotation marks and the euro in practice.
    /// </summary>
    private static string Western(byte[] bytes) => Encoding.GetEncoding(1252).GetString(bytes);

    private static string? Meta(byte[] bytes) =>
        Charset().Match(Encoding.Latin1.GetString(
            bytes.AsSpan(0, Math.Min(bytes.Length, 2_000)))) is { Success: true } m
            ? m.Groups[1].Value
            : null;

    [GeneratedRegex("<meta[^>]{0,200}charset\\s*=\\s*[\"']?([A-Za-z0-9_-]{1,30})", RegexOptions.IgnoreCase)]
    private static partial Regex Charset();
}
