using System.Text;
using System.Text.RegularExpressions;

namespace Baton.Knowledge.Importing;

/// <summary>Bytes of a source as text: UTF-8, for pages also what they declare. Nothing is guessed.</summary>
internal static partial class SourceBytes
{
    /// <summary>A page declares its encoding here or nowhere.</summary>
    private const int DeclaredWithin = 1_024;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The text of a file.</summary>
    /// <exception cref="ImportException">It is too large or no text.</exception>
    public static string Read(string path, ImportLimits limits, bool isPage = false)
    {
        var length = new FileInfo(path).Length;
        if (length > limits.FileBytes)
            throw new ImportException($"{path}: {length} bytes; at most {limits.FileBytes} are read");
        return Text(File.ReadAllBytes(path), path, isPage);
    }

    private static string Text(byte[] bytes, string path, bool isPage)
    {
        if (bytes is [0xFF, 0xFE, ..]) return Encoding.Unicode.GetString(bytes, 2, bytes.Length - 2);
        if (bytes is [0xFE, 0xFF, ..]) return Encoding.BigEndianUnicode.GetString(bytes, 2, bytes.Length - 2);
        try
        {
            return Strict.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException error)
        {
            if (isPage && Declared(bytes) is { } encoding) return encoding.GetString(bytes);
            throw new ImportException(
                $"{path}: byte 0x{error.BytesUnknown?[0] ?? 0:x2} at {error.Index} is not UTF-8"
                + (isPage ? " and the page declares no other encoding that is known" : "")
                + "; save the file as UTF-8");
        }
    }

    private static Encoding? Declared(byte[] page)
    {
        var head = Encoding.Latin1.GetString(page, 0, Math.Min(page.Length, DeclaredWithin));
        if (Charset().Match(head) is not { Success: true } match) return null;
        // The provider is asked and not registered: what it knows is of no concern to anybody else.
        return CodePagesEncodingProvider.Instance.GetEncoding(match.Groups[1].Value)
            ?? (match.Groups[1].Value.StartsWith("iso-8859-1", StringComparison.OrdinalIgnoreCase) ? Encoding.Latin1
                : null);
    }

    [GeneratedRegex("""<meta[^>]{0,200}?charset\s*=\s*["']?([A-Za-z0-9_-]{1,40})""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Charset();
}
