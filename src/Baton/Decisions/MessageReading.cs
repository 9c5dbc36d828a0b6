using Baton.Triage;
using Baton.Triage.Intents;

namespace Baton.Decisions;

/// <summary>
/// What a message is about, from the message as a whole and from its surest sentences. A letter states its matter in
/// one sentence and tells its story in the others: the whole alone is diluted, a sentence alone is rash, so an intent's
/// confidence is the mean of both.
/// </summary>
internal sealed record MessageReading(
    string Intent, double Confidence, double Margin, double OutOfScope, bool IsOutOfScope,
    IReadOnlyList<string> AlsoHeard,
    string Question, IReadOnlyList<IntentCandidate> Candidates)
{
    /// <param name="text">Subject and the customer's own words.</param>
    /// <param name="model">The playbook's classifier.</param>
    /// <param name="floor">Confidence from which a second intent counts as heard.</param>
    public static MessageReading Of(string text, IntentModel model, double floor)
    {
        var whole = model.Predict(text);
        var parts = model.PredictMany(text);
        if (parts is [{ Length: var length }] && length == text.Length)
            return new(whole.Intent, whole.Confidence, whole.Margin, whole.OutOfScope, whole.IsOutOfScope, [], text,
                whole.Candidates);

        var ranked = whole.Candidates.Select(c => c.Intent).Concat(parts.Select(p => p.Prediction.Intent)).Distinct()
            .Select(intent => (Intent: intent, Score: (InWhole(whole, intent) + InParts(parts, intent)) / 2))
            .OrderByDescending(c => c.Score).ToList();
        var (best, confidence) = ranked[0];
        var part = parts.Where(p => p.Prediction.Intent == best).MaxBy(p => p.Prediction.Certainty);
        var signOff = SignOff.Start(text);
        var foreign = part is null ? whole.OutOfScope : Math.Min(whole.OutOfScope, part.Prediction.OutOfScope);
        return new(
            best, confidence, confidence - (ranked.Count > 1 ? ranked[1].Score : 0), foreign,
            part is null ? whole.IsOutOfScope : part.Prediction.IsOutOfScope && whole.IsOutOfScope,
            [
                .. parts.Where(p => p.Prediction.Intent != best && p.Prediction.Certainty >= floor
                    && !p.IsCourtesy && !Signs(text, p, signOff)).Select(p => p.Prediction.Intent).Distinct(),
            ],
            part is null ? text : text.Substring(part.Start, part.Length), whole.Candidates);
    }

    private static bool Signs(string text, IntentPart part, int signOff) =>
        part.Start + part.Length - text.AsSpan(part.Start, part.Length).TrimStart().Length >= signOff;

    private static double InWhole(IntentPrediction whole, string intent)
    {
        foreach (var candidate in whole.Candidates)
            if (candidate.Intent == intent) return candidate.Probability;
        return 0;
    }

    private static double InParts(IReadOnlyList<IntentPart> parts, string intent) =>
        parts.Where(p => p.Prediction.Intent == intent).Select(p => p.Prediction.Confidence).DefaultIfEmpty(0).Max();
}
