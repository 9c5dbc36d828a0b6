namespace Baton.Playbooks.Rules;

/// <summary>
/// Which fields a condition may use and which words they can hold. A word field without an entry is open: any word
/// may be compared with it.
/// </summary>
public sealed class RuleVocabulary
{
    private static readonly Dictionary<RuleField, IReadOnlyList<string>> BuiltIn = new()
    {
        [RuleFields.Trajectory] = ["rising", "steady", "falling"],
        [RuleFields.Opinion] = ["answer", "ask", "person"],
        [RuleFields.IntentClass] = EnumWords.All<IntentClass>(),
    };

    private readonly Dictionary<RuleField, IReadOnlyList<string>> _words = new(BuiltIn);
    private IReadOnlyList<RuleField> _fields = RuleFields.All;

    /// <summary>Every field, and only the words that are the same in every playbook.</summary>
    public static RuleVocabulary Open { get; } = new();

    /// <summary>Fields that are known before any model has run.</summary>
    public static IReadOnlyList<RuleField> BeforeModels { get; } =
    [
        RuleFields.CustomerTier, RuleFields.CustomerKnown, RuleFields.RecentTickets, RuleFields.Channel,
        RuleFields.Subject, RuleFields.Body, RuleFields.Turn, RuleFields.Language, RuleFields.MessageLength,
    ];

    /// <summary>Fields that may be named.</summary>
    public IReadOnlyList<RuleField> Fields => _fields;

    /// <summary>A copy in which the field holds only these words.</summary>
    public RuleVocabulary With(RuleField field, IReadOnlyList<string> words)
    {
        var copy = new RuleVocabulary { _fields = _fields };
        foreach (var (known, set) in _words) copy._words[known] = set;
        copy._words[field] = words;
        return copy;
    }

    /// <summary>A copy in which only these fields may be named.</summary>
    public RuleVocabulary Only(IReadOnlyList<RuleField> fields)
    {
        var copy = new RuleVocabulary { _fields = fields };
        foreach (var (known, set) in _words) copy._words[known] = set;
        return copy;
    }

    /// <summary>The words the field can hold, or null when any word is possible.</summary>
    public IReadOnlyList<string>? WordsOf(RuleField field) => _words.GetValueOrDefault(field);
}
