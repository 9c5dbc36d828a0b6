using Baton.Conversations.Findings;
using Baton.Text;
using Baton.Triage.Tone.Phrases;

namespace Baton.Triage.Complexity;

/// <summary>
/// Adds up what makes a message hard: several requests, several systems, conditions, history, identifiers, length.
/// Every point has a reason. Pure and safe for many threads.
/// </summary>
public sealed class ComplexityModel
{
    private static readonly Lazy<ComplexityModel> Shared = new(() => new ComplexityModel(new ComplexityOptions()));
    private static readonly Lazy<PhraseBook> Book = new(() => PhraseBookReader.Embedded(
        "Baton.Triage.Tone.Words.classes.txt", "Baton.Triage.Complexity.Words.complexity.txt"));

    private readonly ComplexityOptions _options;

    /// <summary>A model with its own limits.</summary>
    public ComplexityModel(ComplexityOptions options) => _options = options;

    /// <summary>The model as shipped.</summary>
    public static ComplexityModel Default => Shared.Value;

    /// <summary>Judges one message. Quoted text is left out; any input is answered.</summary>
    public ComplexityReading Score(string text, ComplexityHints? hints = null)
    {
        if (text.Length > _options.MaxCharacters) text = text[.._options.MaxCharacters];
        var words = PhraseText.Read(OwnWords.Of(text), _options.MaxCharacters);
        var marks = ComplexityMarks.Count(words, Book.Value.Find(words));
        return Add(marks, hints ?? ComplexityHints.None);
    }

    private static ComplexityReading Add(ComplexityMarks marks, ComplexityHints hints)
    {
        var tally = new Tally();
        var matters = Math.Max(marks.Requests, Math.Max(marks.Questions, hints.Intents));
        tally.Add(Math.Min(3, (matters - 1) * 0.8 + 0.6 * Math.Min(2, marks.Also)), $"{matters} requests or questions");
        tally.Add(Math.Min(3, marks.Systems.Count - 1), $"systems: {string.Join(", ", marks.Systems)}");
        tally.Add(marks.IsCrossSystem ? 1.5 : 0, "one matter spans several systems");
        tally.Add(Math.Min(1, 0.5 * marks.Conditions), "conditions");
        tally.Add(Math.Min(1, 0.7 * marks.History), "has a history");
        tally.Add(Math.Min(1.5, 0.5 * marks.Technical), "technical detail");
        tally.Add(Math.Min(1.5, 0.8 * marks.Parties), "several parties or objects");
        tally.Add(Math.Min(1, 0.5 * marks.Compliance), "legal or tax matters");
        tally.Add(Math.Min(1.5, 0.5 * (marks.Identifiers - 1)), $"{marks.Identifiers} numbers or identifiers");
        tally.Add(Math.Min(1, 0.5 * hints.Attachments), $"{hints.Attachments} attachments");
        tally.Add(Math.Min(1.5, 0.4 * (hints.EarlierTurns - 1)), $"{hints.EarlierTurns} earlier messages");
        tally.Add(Math.Min(2, Math.Max(0, (marks.Words - 60) / 90.0)), $"{marks.Words} words");
        tally.Add(marks.Problems > 0 ? 1 : 0, "something went wrong");
        var start = marks is { Words: <= 6, Problems: 0 } && matters <= 1 ? 1 : 1.5;
        var score = (int)Math.Clamp(Math.Round(start + tally.Sum, MidpointRounding.AwayFromZero), 1, 10);
        return new ComplexityReading(score, marks.IsCrossSystem, tally.Reasons);
    }

    private sealed class Tally
    {
        public double Sum { get; private set; }

        public List<string> Reasons { get; } = [];

        public void Add(double points, string reason)
        {
            if (points < 0.25) return;
            Sum += points;
            Reasons.Add(reason);
        }
    }
}
