using System.Globalization;
using System.Text.RegularExpressions;
using Baton.Text;

namespace Baton.Knowledge.Grounding;

/// <summary>A number as it counts: its value, and what it is a number of when that is said next to it.</summary>
internal readonly record struct NumberFact(string Value, string? Unit, string Shown);

/// <summary>What a text states exactly: numbers with units, links and addresses.</summary>
internal sealed partial class Facts
{
    private static readonly Dictionary<string,
        string> NumberWords = "two three four five six seven eight nine ten eleven twelve"
        .Split(' ').Index().ToDictionary(w => w.Item, w => (w.Index + 2).ToString(CultureInfo.InvariantCulture));

    private static readonly Dictionary<string, string> Units = new()
    {
        ["%"] = "%", ["percent"] = "%", ["$"] = "$", ["usd"] = "$", ["dollar"] = "$", ["€"] = "€", ["eur"] = "€",
        ["euro"] = "€", ["£"] = "£", ["gbp"] = "£", ["second"] = "second", ["minut"] = "minute", ["min"] = "minute",
        ["hour"] = "hour", ["day"] = "day", ["week"] = "week", ["month"] = "month", ["year"] = "year", ["kg"] = "kg",
        ["km"] = "km", ["cm"] = "cm", ["mm"] = "mm", ["million"] = "million", ["billion"] = "billion",
    };

    private Facts(List<NumberFact> numbers, List<string> links) => (Numbers, Links) = (numbers, links);

    public List<NumberFact> Numbers { get; }

    public List<string> Links { get; }

    public static Facts In(string text, List<GroundingWord> words)
    {
        var numbers = new List<NumberFact>();
        for (var i = 0; i < words.Count; i++)
            if (ValueOf(text, words[i]) is { } value)
                numbers.Add(new NumberFact(value, UnitOf(text, words, i), words[i].Form));
        var links = Link().Matches(text)
            .Select(m => m.Value.TrimEnd('.', ',', ')', '!', '?', ';', ':').ToLowerInvariant()).ToList();
        return new Facts(numbers, links);
    }

    /// <summary>Why a number of an answer is not borne out here; null when it is.</summary>
    public string? Against(NumberFact claim)
    {
        var same = Numbers.Where(n => n.Value == claim.Value).ToList();
        if (same.Count == 0) return $"number {claim.Shown} not in sources";
        if (claim.Unit is null || same.Any(n => n.Unit is null || n.Unit == claim.Unit)) return null;
        return $"{claim.Shown} {claim.Unit} in the answer, {same[0].Shown} {same[0].Unit} in the sources";
    }

    /// <summary>
    /// The canonical value of a number, code or number word; null for other words and for list numbers.
    /// </summary>
    private static string? ValueOf(string text, GroundingWord word)
    {
        if (word.Kind == TokenKind.Word) return NumberWords.GetValueOrDefault(word.Form);
        if (word.Kind == TokenKind.Code) return word.Form;
        if (IsListNumber(text, word)) return null;
        var plain = word.Form.Contains(':') ? word.Form : word.Form.Replace(",", "");
        return decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? value.ToString("0.####", CultureInfo.InvariantCulture)
            : plain;
    }

    private static bool IsListNumber(string text, GroundingWord word)
    {
        var end = word.Start + word.Length;
        if (word.Length > 2 || end >= text.Length || text[end] is not ('.' or ')')) return false;
        if (end + 1 < text.Length && text[end + 1] != ' ') return false;
        var line = text.AsSpan(0, word.Start);
        return line[(line.LastIndexOf('\n') + 1)..].IsWhiteSpace();
    }

    private static string? UnitOf(string text, List<GroundingWord> words, int i)
    {
        var (start, end) = (words[i].Start, words[i].Start + words[i].Length);
        if (start > 0 && Units.TryGetValue(text[start - 1].ToString(), out var before)) return before;
        if (end < text.Length && text[end] == '%') return "%";
        for (var next = i + 1; next <= Math.Min(i + 2, words.Count - 1); next++)
        {
            if (words[next].IsNumber) return null;
            if (Units.TryGetValue(words[next].Stem, out var unit)) return unit;
        }
        return null;
    }

    [GeneratedRegex(@"(https?://|www\.)[^\s<>""\]]+|[\w.+-]{1,64}@[\w-]{1,64}(\.[\w-]{1,64}){1,4}",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Link();
}
