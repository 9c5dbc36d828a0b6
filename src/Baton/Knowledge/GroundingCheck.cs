using Baton.Knowledge.Grounding;

namespace Baton.Knowledge;

/// <summary>
/// Compares an answer with the passages it should rest on: numbers, amounts, dates, names and links must be there;
/// words, their order, negations and opposites are weighed by a small trained model. Works on words, not on meaning: a
/// free paraphrase can fail, and a false statement made of the right words can pass. Pure and safe for many threads.
/// </summary>
public static class GroundingCheck
{
    private static readonly GroundingOptions Defaults = new();

    /// <summary>The findings, sentence by sentence. An answer that says nothing is grounded.</summary>
    public static GroundingReport Check(string answer, IReadOnlyList<string> passages, GroundingOptions? options = null)
    {
        options ??= Defaults;
        if (answer.Length > options.LongestAnswer)
        {
            var problem = $"the answer has {answer.Length:N0} characters, more than {options.LongestAnswer:N0}";
            return new GroundingReport(0, false, [new SentenceGrounding(answer[..80] + "…", false, 0, [problem])]);
        }
        var source = new SourceText(passages, options.LongestSource);
        var whole = new AnswerText(GroundingProblems.WithoutPlaceholders(answer));
        var sentences = new List<SentenceGrounding>();
        var claims = new List<string>();
        var invented = false;
        for (var i = 0; i < whole.Sentences.Count; i++)
        {
            var sentence = new AnswerText(whole.SentenceAt(i));
            var facts = GroundingProblems.Facts(sentence, source, options).ToList();
            invented |= facts.Count > 0;
            var courtesy = facts.Count == 0 && IsCourtesy(sentence, options);
            if (!courtesy) claims.Add(sentence.Text);
            sentences.Add(courtesy ? new SentenceGrounding(sentence.Text, true, 1, [])
                : Judge(sentence, facts, source, options));
        }
        if (claims.Count == 0) return new GroundingReport(1, true, sentences);

        var text = claims.Count == sentences.Count ? whole : new AnswerText(string.Join(" ", claims));
        var score = GroundingModel.Probability(Features.Of(text, source));
        if (invented) score *= options.Threshold;
        return new GroundingReport(score, score >= options.Threshold && sentences.All(s => s.Supported), sentences);
    }

    private static SentenceGrounding Judge(
        AnswerText sentence, List<string> facts, SourceText source, GroundingOptions options)
    {
        var features = Features.Of(sentence, source);
        var score = GroundingModel.Probability(features);
        // A question states nothing, but must not carry an invented fact.
        if (sentence.Text.EndsWith('?') && facts.Count == 0)
            return new SentenceGrounding(sentence.Text, true, score, []);
        List<string> problems = [.. facts, .. GroundingProblems.Meaning(sentence, source)];
        // Every word in the same order as in the source needs no model.
        var copied = features[Features.Coverage] > 0.999 && features[Features.Triples] > 0.75;
        var supported = problems.Count == 0 && (copied || score >= options.Threshold);
        if (!supported && problems.Count == 0) problems.Add("too little of it is in the sources");
        return new SentenceGrounding(sentence.Text, supported, score, problems);
    }

    private static bool IsCourtesy(AnswerText sentence, GroundingOptions options) => sentence.Words.All(w => !w.IsNumber
        && (WordLists.Courtesy.Contains(w.Stem) || FunctionWords.Contains(w.Form)
            || GroundingProblems.IsKnown(w, options)));
}
