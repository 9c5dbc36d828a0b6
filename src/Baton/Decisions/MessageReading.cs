using Baton.Knowledge.Choice;
using Baton.Playbooks;
using Baton.Triage;
using Baton.Triage.Intents;

namespace Baton.Decisions;

/// <summary>
/// What a message is about. With a sentence encoder the message as a whole says it, and sentences only what else is
/// asked. Without one the whole is diluted, because a letter states its matter in one sentence and tells its story in
/// the others, and a sentence alone is rash: an intent's confidence is the mean of both.
/// </summary>
internal sealed record MessageReading(
    string Intent, double Confidence, double Margin, double OutOfScope, bool IsOutOfScope,
    IReadOnlyList<string> AlsoHeard,
    string Question, IReadOnlyList<IntentCandidate> Candidates)
{
    /// <summary>Words shown as the reason for an intent.</summary>
    private const int ShownWords = 6;

    /// <summary>
    /// Only so much of the sentence that stated the matter is explained: every word costs a prediction.
    /// </summary>
    private const int ExplainedCharacters = 80;

    /// <summary>
    /// Share of a message that a matter must have of which it only tells: "I have an old jacket" and "then came the
    /// knee" are stories, and the whole hears nothing of them. Whoever asks is heard in any case.
    /// </summary>
    private const double LeastShareOfTold = 0.005;

    /// <summary>The words that carry the intent, strongest first.</summary>
    public IReadOnlyList<string> Words(IntentModel model) =>
    [
        .. model.Explain(Question[..Math.Min(Question.Length, ExplainedCharacters)], Intent)
            .Where(w => w.Contribution > 0).OrderByDescending(w => w.Contribution).Take(ShownWords).Select(w => w.Word),
    ];

    /// <summary>How sure it is that the message is about its intent, or about one that is the same matter.</summary>
    /// <param name="intent">The intent of this reading.</param>
    public double SureOf(Intent? intent, Playbook playbook) => intent is not { Class: IntentClass.Lookup }
        ? Confidence
        : Math.Min(1, Confidence + Candidates
            .Where(c => c.Intent != intent.Name && !AlsoHeard.Contains(c.Intent)
                && intent.Covers(playbook.FindIntent(c.Intent)))
            .Sum(c => c.Probability));

    /// <param name="text">Subject and the customer's own words.</param>
    /// <param name="model">The playbook's classifier.</param>
    /// <param name="floor">Confidence from which a second intent counts as heard.</param>
    /// <param name="vector">Vectors of texts; gives null where there is none.</param>
    public static MessageReading Of(string text, IntentModel model, double floor, Func<string, float[]?> vector)
    {
        if (model.Encoder is not null && vector(text) is { } own) return OfWhole(text, own, model, floor, vector);
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

    private static MessageReading OfWhole(
        string text, float[] own, IntentModel model, double floor, Func<string, float[]?> vector)
    {
        var whole = model.Predict(text, own);
        var matters = Matters(text, whole, model, floor, vector);
        var main = matters.Count > 1 ? matters[0].Intent : whole.Intent;
        string[] heard = [.. matters.Select(m => m.Intent).Where(intent => intent != main)];
        // Two matters share the message between them: that it is about either is no doubt about the first.
        var confidence = Math.Min(1, InWhole(whole, main) + heard.Sum(other => InWhole(whole, other)));
        var rival = whole.Candidates.Where(c => c.Intent != main && !heard.Contains(c.Intent))
            .Select(c => c.Probability).DefaultIfEmpty(0).Max();
        return new(main, confidence, confidence - rival, whole.OutOfScope, whole.IsOutOfScope, heard,
            matters.Where(m => m.Intent == main).Select(m => m.Text).FirstOrDefault(text), whole.Candidates);
    }

    /// <summary>
    /// What is asked, in order of the message: the matter of the whole, and what sentences add to it.
    /// </summary>
    private static List<(string Intent, string Text)> Matters(
        string text, IntentPrediction message, IntentModel model, double floor, Func<string, float[]?> vector)
    {
        var whole = message.Intent;
        var found = new List<(string Intent, string Text)>();
        var signOff = SignOff.Start(text);
        foreach (var part in model.PredictMany(text).OrderBy(p => p.Start))
        {
            var words = text.Substring(part.Start, part.Length);
            var intent = part.Prediction.Intent;
            if (intent != whole)
            {
                if (part.IsCourtesy || part.Prediction.Certainty < floor || Signs(text, part, signOff)) continue;
                // Words alone hear too much: what they hear in a sentence must hold with its meaning as well.
                var judged = model.Predict(words, vector(words.Trim()));
                if (judged.IsOutOfScope || judged.Certainty < floor) continue;
                intent = judged.Intent;
                if (InWhole(message, intent) < LeastShareOfTold && !Asks(text, part)) continue;
            }
            if (found.All(f => f.Intent != intent)) found.Add((intent, words));
        }
        if (found.All(f => f.Intent != whole)) found.Insert(0, (whole, text));
        return found;
    }

    private static bool Asks(string text, IntentPart part)
    {
        var end = part.Start + part.Length;
        return MessageUnits.Asks(text[part.Start..(end < text.Length && text[end] == '?' ? end + 1 : end)].Trim());
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
