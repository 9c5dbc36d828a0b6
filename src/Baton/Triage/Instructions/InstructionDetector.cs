using Baton.Text;

namespace Baton.Triage.Instructions;

/// <summary>
/// Finds attempts to instruct the model that will read a text, direct or hidden in quoted, attached or encoded text: a
/// linear model over words and pieces of words together with patterns. Safe for use by many threads.
/// </summary>
public sealed class InstructionDetector
{
    private const int MostEvidence = 5;
    private const double Decisive = 0.9;

    /// <summary>What fewer words weigh is chance ("write to Sam"): without a pattern they are no attempt.</summary>
    private const int FewestWords = 4;
    private const double MostOfFewWords = 0.49;

    private readonly InstructionModel _model;
    private readonly InstructionOptions _options;

    /// <summary>The detector that ships with Baton.</summary>
    public InstructionDetector(InstructionOptions? options = null) : this(InstructionModel.Default, options) { }

    internal InstructionDetector(InstructionModel model, InstructionOptions? options = null) =>
        (_model, _options) = (model, options ?? new InstructionOptions());

    /// <summary>Looks at one text: a message, a quoted mail, an attachment, a tool's result.</summary>
    public InstructionFinding Inspect(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > _options.MaxCharacters)
            text = string.Concat(text.AsSpan(0, _options.MaxCharacters / 2), " ",
                text.AsSpan(text.Length - _options.MaxCharacters / 2));
        var best = Judge(text);
        foreach (var (hidden, how) in HiddenTexts.In(text))
        {
            var inside = Judge(hidden);
            if (!inside.IsAttempt) continue;
            var decoded = how is "letters as digits" or "percent encoding" or "entities";
            if (decoded && best.IsAttempt) continue;
            best = inside with { Score = Math.Max(best.Score, inside.Score), Kind = InstructionKind.Hidden,
                Evidence = [how, .. inside.Evidence.Take(MostEvidence - 1)] };
        }
        return best;
    }

    /// <summary>The log-odds of a text without its hidden parts: the worst of its windows.</summary>
    internal float LogOdds(string text) => Windows(text).Select(w => w.LogOdds).DefaultIfEmpty(-20).Max();

    private InstructionFinding Judge(string text)
    {
        var worst = Windows(text).DefaultIfEmpty((LogOdds: -20f, Words: [], Signs: [])).MaxBy(w => w.LogOdds);
        var decisive = worst.Signs.Where(s => s.Weight >= Decisive).ToList();
        var score = 1 / (1 + Math.Exp(_model.Threshold - worst.LogOdds));
        if (decisive.Count > 0) score = Math.Max(score, 0.5 + decisive.Max(s => s.Weight) / 4);
        if (worst.Words.Count < FewestWords && worst.Signs.Count == 0) score = Math.Min(score, MostOfFewWords);
        var isAttempt = score >= 0.5;
        return new InstructionFinding(Math.Round(score, 4), isAttempt, isAttempt ? KindOf(worst.Signs)
            : InstructionKind.None,
            isAttempt ? Evidence(worst.Words, worst.Signs) : []);
    }

    private IEnumerable<(float LogOdds, List<string> Words, List<InstructionSign> Signs)> Windows(string text)
    {
        var words = InstructionText.Words(text, _options.MaxCharacters);
        var step = _options.WindowWords / 2;
        for (var start = 0; start == 0 || start + step < words.Count; start += step)
        {
            var window = words.GetRange(start, Math.Min(_options.WindowWords, words.Count - start));
            var signs = InstructionRules.Read(window, words.Count <= _options.WindowWords || start == 0 ? text : "");
            yield return (_model.LogOdds(InstructionFeatures.Of(window, signs)), window, signs);
        }
    }

    /// <summary>The kind with the most weight behind it; without any sign, a plain attempt to override.</summary>
    private static InstructionKind KindOf(List<InstructionSign> signs) => signs.Count == 0
        ? InstructionKind.Override
        : signs.GroupBy(s => s.Kind).OrderByDescending(g => g.Sum(s => s.Weight)).ThenBy(g => g.Key).First().Key;

    /// <summary>Signs first, then the words with the largest weights.</summary>
    private List<string> Evidence(List<string> words, List<InstructionSign> signs)
    {
        var evidence = signs.OrderByDescending(s => s.Weight).Select(s =>
            s.Words).Distinct().Take(MostEvidence).ToList();
        var telling = words.Distinct().Select(w => (Word: w, Weight: _model.Weight(FeatureKey.Of(1, w))))
            .Where(w => w.Weight > 0).OrderByDescending(w => w.Weight).ThenBy(w => w.Word, StringComparer.Ordinal);
        evidence.AddRange(telling.Select(w => w.Word).Except(evidence).Take(MostEvidence - evidence.Count));
        return evidence;
    }
}
