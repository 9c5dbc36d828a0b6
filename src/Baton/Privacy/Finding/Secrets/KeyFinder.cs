using System.Buffers;

namespace Baton.Privacy.Finding.Secrets;

/// <summary>Keys that show what they are: by the beginnings of well-known services, PEM blocks, headers.</summary>
internal static class KeyFinder
{
    private const int Longest = 4096;
    private const int LongestBlock = 32_768;

    private static readonly KeyForm[] Forms = KeyForm.All;

    private static readonly SearchValues<string> Starts = SearchValues.Create(
        [.. Forms.Select(f => f.Start).Distinct(), "-----BEGIN", "earer ", "asic "], StringComparison.Ordinal);

    public static void Find(Reading reading)
    {
        var text = reading.Text;
        for (var from = 0; from < text.Length;)
        {
            var i = text[from..].IndexOfAny(Starts);
            if (i < 0) return;
            i += from;
            from = Math.Max(FindAt(reading, i), i + 1);
        }
    }

    /// <summary>The end of the key that starts here, or 0.</summary>
    private static int FindAt(Reading reading, int i) => reading.Text[i] switch
    {
        '-' => FindBlock(reading, i),
        'e' when reading.Text[i..].StartsWith("earer ") => FindHeader(reading, i + 6, mustLookRandom: false),
        'a' => FindHeader(reading, i + 5, mustLookRandom: !IsHeader(reading.Text, i)),
        _ => FindKey(reading, i),
    };

    private static int FindKey(Reading reading, int i)
    {
        var text = reading.Text;
        if (i > 0 && char.IsLetterOrDigit(text[i - 1])) return 0;
        var end = i;
        while (end < text.Length && end - i < Longest && (char.IsAsciiLetterOrDigit(text[end])
            || text[end] is '_' or '-' or '.')) end++;
        while (end > i && text[end - 1] is '.' or '-') end--;
        foreach (var form in Forms)
        {
            if (!form.Fits(text[i..end])) continue;
            reading.Add(i, end, PersonalDataType.Secret, 0.95);
            return end;
        }
        return 0;
    }

    /// <summary>A private key in PEM: to its end line, or as far as it goes when that was cut off.</summary>
    private static int FindBlock(Reading reading, int i)
    {
        var text = reading.Text.Slice(i, Math.Min(LongestBlock, reading.Text.Length - i));
        var head = text[10..].IndexOf("-----");
        if (head is < 0 or > 64 || !text[10..(10 + head)].Contains("PRIVATE KEY", StringComparison.Ordinal)) return 0;
        var body = 10 + head + 5;
        var foot = text[body..].IndexOf("-----END");
        var length = text.Length;
        if (foot >= 0)
        {
            var close = text[(body + foot + 8)..].IndexOf("-----");
            length = close is < 0 or > 64 ? body + foot + 8 : body + foot + 8 + close + 5;
        }
        reading.Add(i, i + length, PersonalDataType.Secret, 1);
        return i + length;
    }

    private static bool IsHeader(ReadOnlySpan<char> text, int i) =>
        text[Math.Max(0, i - 20)..i].Contains("uthorization", StringComparison.OrdinalIgnoreCase);

    /// <summary>What follows "Bearer" or "Basic" in a header.</summary>
    private static int FindHeader(Reading reading, int start, bool mustLookRandom)
    {
        var text = reading.Text;
        var end = start;
        while (end < text.Length && end - start < Longest && (char.IsAsciiLetterOrDigit(text[end])
            || text[end] is '-' or '.' or '_' or '~' or '+' or '/' or '=')) end++;
        while (end > start && text[end - 1] == '.') end--;
        var value = text[start..end];
        var random = value.ContainsAnyInRange('0', '9') && value.ContainsAnyInRange('A', 'Z')
            && value.ContainsAnyInRange('a', 'z');
        var enough = mustLookRandom ? value.Length >= 16 && random
            : value.Length >= 8 && (random || value.Length >= 16 && value.ContainsAnyInRange('0', '9')
                || value.EndsWith("="));
        if (!enough) return 0;
        reading.Add(start, end, PersonalDataType.Secret, 0.95);
        return end;
    }
}
