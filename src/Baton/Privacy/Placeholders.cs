using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using System.Text.Json;

namespace Baton.Privacy;

/// <summary>
/// The placeholders of one conversation: <c>[EMAIL_1]</c> stands for the same address in every message of it.
/// Holds real values, so it is stored beside the raw messages and erased with them. Safe to use from many threads.
/// </summary>
public sealed class Placeholders
{
    /// <summary>
    /// Values remembered per conversation; later ones become <c>[TYPE_0]</c>, which cannot be restored.
    /// </summary>
    public const int MaxValues = 10_000;

    private static readonly SearchValues<char> Inner = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");
    private const int LongestPlaceholder = 32;
    private const int LongestNumber = 5;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words =
        Enum.GetValues<PersonalDataType>().Select(Word).ToFrozenSet().GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly Lock _gate = new();
    private bool _closed;
    private readonly Dictionary<(PersonalDataType Type, string Key), string> _byValue = [];
    private readonly Dictionary<string, Entry> _byPlaceholder = [];
    private readonly Dictionary<PersonalDataType, int> _counts = [];

    /// <summary>How many values are remembered.</summary>
    public int Count { get { lock (_gate) return _byPlaceholder.Count; } }

    /// <summary>
    /// The placeholder for a value: the same for the same value, however it is spaced or capitalised.
    /// </summary>
    public string For(PersonalDataType type, string value)
    {
        var key = Normalise(type, value);
        lock (_gate)
        {
            if (_byValue.TryGetValue((type, key), out var known)) return known;
            if (_closed || _byPlaceholder.Count >= MaxValues) return $"[{Word(type)}_0]";
            var number = _counts.GetValueOrDefault(type) + 1;
            var placeholder = $"[{Word(type)}_{number}]";
            Remember(new Entry(placeholder, type, value), number);
            return placeholder;
        }
    }

    /// <summary>
    /// Puts the real values back, each as it was first written. Unknown placeholders stay as they are, and restored
    /// values are never looked at again.
    /// </summary>
    public string Restore(string text)
    {
        var open = text.IndexOf('[');
        if (open < 0) return text;
        var result = new StringBuilder(text.Length);
        var copied = 0;
        while (open >= 0)
        {
            var length = LengthAt(text, open);
            if (length > 0 && Value(text.Substring(open, length)) is { } value)
            {
                result.Append(text, copied, open - copied).Append(value);
                copied = open + length;
            }
            open = text.IndexOf('[', open + 1);
        }
        return copied == 0 ? text : result.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>Puts placeholders in for the values of this conversation, the longest first.</summary>
    public string Cover(string text)
    {
        lock (_gate)
            return _byPlaceholder.Values.Where(e => e.Value.Length > 2).OrderByDescending(e => e.Value.Length)
                .Aggregate(text, (covered, e) =>
                    covered.Replace(e.Value, e.Placeholder, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>
    /// Takes no more values: from now on one that is not known becomes <c>[TYPE_0]</c>. For texts kept where no
    /// values can be kept with them.
    /// </summary>
    internal void Close()
    {
        lock (_gate) _closed = true;
    }

    /// <summary>The content as JSON, to be stored next to the raw messages.</summary>
    /// <param name="known">How many of the first values are stored already and left out.</param>
    public string ToJson(int known = 0)
    {
        lock (_gate) return JsonSerializer.Serialize(_byPlaceholder.Values.Skip(known).ToList());
    }

    /// <summary>What <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">The text is not what <see cref="ToJson"/> writes.</exception>
    public static Placeholders FromJson(string json) => FromJson([json]);

    /// <summary>What <see cref="ToJson"/> wrote in parts, oldest first; a part may repeat earlier values.</summary>
    /// <exception cref="JsonException">A part is not what <see cref="ToJson"/> writes.</exception>
    public static Placeholders FromJson(IEnumerable<string> parts)
    {
        var result = new Placeholders();
        foreach (var entry in parts.SelectMany(json => JsonSerializer.Deserialize<List<Entry>>(json) ?? []))
        {
            if (entry is not { Placeholder: { } name, Value: not null } || !TryNumber(name, entry.Type, out var number))
                throw new JsonException($"'{entry?.Placeholder}' is not a placeholder of type {entry?.Type}.");
            result.Remember(entry, number);
        }
        return result;
    }

    /// <summary>Length of what looks like a placeholder at <paramref name="open"/>, or 0.</summary>
    internal static int LengthAt(ReadOnlySpan<char> text, int open)
    {
        var rest = text[(open + 1)..];
        if (rest.Length > LongestPlaceholder) rest = rest[..LongestPlaceholder];
        var inner = rest.IndexOfAnyExcept(Inner);
        if (inner < 3 || rest[inner] != ']') return 0;
        var underscore = rest[..inner].LastIndexOf('_');
        var hasNumber = underscore > 0 && underscore < inner - 1
            && rest[(underscore + 1)..inner].IndexOfAnyExceptInRange('0', '9') < 0;
        return hasNumber ? inner + 2 : 0;
    }

    /// <summary>
    /// Length of a placeholder of one of our types at <paramref name="open"/>, or 0: it holds no value.
    /// </summary>
    internal static int NameLengthAt(ReadOnlySpan<char> text, int open)
    {
        var length = LengthAt(text, open);
        if (length == 0) return 0;
        var name = text.Slice(open + 1, length - 2);
        var underscore = name.LastIndexOf('_');
        return name.Length - underscore - 1 <= LongestNumber && Words.Contains(name[..underscore]) ? length : 0;
    }

    /// <summary>
    /// Whether it stands for a value of this conversation, or for one that was not kept. Those that take no more values
    /// cannot tell: to them every placeholder is a real one.
    /// </summary>
    internal bool Knows(string placeholder) =>
        Value(placeholder) is not null
        || NameLengthAt(placeholder, 0) == placeholder.Length
            && (_closed || placeholder.EndsWith("_0]", StringComparison.Ordinal));

    private string? Value(string placeholder)
    {
        lock (_gate) return _byPlaceholder.TryGetValue(placeholder, out var entry) ? entry.Value : null;
    }

    private void Remember(Entry entry, int number)
    {
        _byValue[(entry.Type, Normalise(entry.Type, entry.Value))] = entry.Placeholder;
        _byPlaceholder[entry.Placeholder] = entry;
        _counts[entry.Type] = Math.Max(number, _counts.GetValueOrDefault(entry.Type));
    }

    private static bool TryNumber(string placeholder, PersonalDataType type, out int number)
    {
        var start = $"[{Word(type)}_";
        number = 0;
        return placeholder.StartsWith(start, StringComparison.Ordinal) && placeholder.EndsWith(']')
            && int.TryParse(placeholder.AsSpan(start.Length, placeholder.Length - start.Length - 1), out number);
    }

    private static string Word(PersonalDataType type) => type.ToString().ToUpperInvariant();

    /// <summary>Numbers compare by their letters and digits, everything else by its words; literals exactly.</summary>
    private static string Normalise(PersonalDataType type, string value)
    {
        if (type is PersonalDataType.Literal or PersonalDataType.Secret or PersonalDataType.SecretUrl) return value;
        var keepOthers = type is not (PersonalDataType.Phone or PersonalDataType.Card or PersonalDataType.Iban
            or PersonalDataType.NationalId or PersonalDataType.Account);
        var key = new StringBuilder(value.Length);
        foreach (var c in value)
        {
            var folded = Finding.Folding.Fold(c);
            if (folded == '\0') continue;
            if (char.IsLetterOrDigit(folded) || char.IsSurrogate(folded)) key.Append(char.ToLowerInvariant(folded));
            else if (keepOthers && !char.IsWhiteSpace(folded)) key.Append(folded);
            else if (keepOthers && key.Length > 0 && key[^1] != ' ') key.Append(' ');
        }
        return key.ToString();
    }

    private sealed record Entry(string Placeholder, PersonalDataType Type, string Value);
}
