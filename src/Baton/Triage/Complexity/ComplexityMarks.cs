using Baton.Triage.Tone.Phrases;

namespace Baton.Triage.Complexity;

/// <summary>Counts of what a message holds: the facts that <see cref="ComplexityModel"/> weighs.</summary>
internal sealed class ComplexityMarks
{
    private const string SystemPrefix = "system:";

    private readonly Dictionary<string, HashSet<int>> _sentencesOfSystem = [];
    private readonly HashSet<int> _problemSentences = [];
    private bool _linked;

    public int Words { get; private set; }

    /// <summary>Sentences that ask for something, question marks not needed.</summary>
    public int Requests { get; private set; }

    public int Questions { get; private set; }

    /// <summary>"Also", "another thing": a second matter announced.</summary>
    public int Also { get; private set; }

    public int Conditions { get; private set; }

    public int History { get; private set; }

    public int Technical { get; private set; }

    public int Parties { get; private set; }

    public int Compliance { get; private set; }

    public int Identifiers { get; private set; }

    public int Problems => _problemSentences.Count;

    /// <summary>The systems named, in the order of the word list.</summary>
    public IReadOnlyCollection<string> Systems => _sentencesOfSystem.Keys;

    /// <summary>
    /// Two systems that are said to disagree, two that fail in different sentences, or three of which one fails. A bill
    /// that mentions the parcel it was for is one matter in one system.
    /// </summary>
    public bool IsCrossSystem
    {
        get
        {
            if (_sentencesOfSystem.Count < 2 || _problemSentences.Count == 0) return false;
            var failing = _sentencesOfSystem.Values.Where(s => s.Overlaps(_problemSentences)).ToList();
            if (_linked && failing.Count >= 2) return true;
            if (_sentencesOfSystem.Count >= 3 && failing.Count >= 2) return true;
            return failing.Count >= 2 && _problemSentences.Count >= 2
                && failing.Any(a => failing.Any(b => a.Intersect(_problemSentences).Except(b).Any()
                    && b.Intersect(_problemSentences).Except(a).Any()));
        }
    }

    public static ComplexityMarks Count(PhraseText text, List<PhraseHit> hits)
    {
        var marks = new ComplexityMarks();
        var sentenceOf = new int[text.Count];
        for (int i = 0, sentence = 0; i < text.Count; i++)
        {
            sentenceOf[i] = sentence;
            marks.Take(text, i);
            if (text[i].EndsClause) sentence++;
        }
        var requests = new HashSet<int>();
        foreach (var hit in hits) marks.Take(hit, sentenceOf[hit.From], requests);
        marks.Requests = requests.Count;
        return marks;
    }

    private void Take(PhraseText text, int i)
    {
        var token = text[i];
        if (token.Kind is PhraseTokenKind.Word) Words++;
        if (token.Kind is PhraseTokenKind.Question && (i == 0 || text[i - 1].Kind != token.Kind)) Questions++;
        if (token.Kind is PhraseTokenKind.Number && token.Length >= 3) Identifiers++;
        else if (token.IsWord && token.Length >= 4 && text.Word(i).ContainsAnyInRange('0', '9')) Identifiers++;
    }

    private void Take(PhraseHit hit, int sentence, HashSet<int> requests)
    {
        switch (hit.Topic.Name)
        {
            case "problem": _problemSentences.Add(sentence); break;
            case "request": requests.Add(sentence); break;
            case "link": _linked = true; break;
            case "also": Also++; break;
            case "condition": Conditions++; break;
            case "history": History++; break;
            case "technical": Technical++; break;
            case "parties": Parties++; break;
            case "compliance": Compliance++; break;
            case var name when name.StartsWith(SystemPrefix, StringComparison.Ordinal):
                var system = name[SystemPrefix.Length..];
                _sentencesOfSystem.TryAdd(system, []);
                _sentencesOfSystem[system].Add(sentence);
                break;
        }
    }
}
