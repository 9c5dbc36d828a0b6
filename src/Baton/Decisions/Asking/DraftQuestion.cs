using System.Text.Json;
using System.Text.RegularExpressions;
using Baton.Conversations.Findings;
using Baton.Decisions.Turns;
using Baton.Knowledge;
using Baton.Playbooks.Models;
using Baton.Text.Words;

namespace Baton.Decisions.Asking;

/// <summary>An answer written from passages.</summary>
/// <param name="Text">Null when the passages do not answer the question.</param>
/// <param name="Used">The passages it rests on; at least one when there is a text.</param>
internal sealed record WrittenAnswer(string? Text, IReadOnlyList<Passage> Used, double Confidence)
{
    /// <summary>Characters of a passage that a citation quotes.</summary>
    private const int Quoted = 400;

    public DraftAnswer? Draft(string tier) => Text is null ? null : new DraftAnswer
    {
        Text = Text,
        Source = "article",
        Citations = [.. Used.Select(
            p => new Citation(p.ArticleId, p.Title, p.Heading, CutText.Of(p.Text, Quoted, "…")))],
        Relevance = Confidence,
        Tier = tier,
    };
}

/// <summary>Asks for an answer from retrieved passages, or for a better one than the first.</summary>
internal static partial class DraftQuestion
{
    /// <summary>Characters of an answer; prompts ask for far less.</summary>
    private const int Longest = 3_000;

    public static ModelQuestion<WrittenAnswer> Of(Turn turn, IReadOnlyList<Passage> passages) =>
        Question(turn, ModelStages.Draft, passages, []);

    /// <param name="stage">Whose prompt, bounds and tier apply.</param>
    /// <param name="first">The answer that was not good enough.</param>
    /// <param name="wrong">What was wrong with it.</param>
    public static ModelQuestion<WrittenAnswer> Again(
        Turn turn, string stage, IReadOnlyList<Passage> passages, DraftAnswer first, IReadOnlyList<string> wrong) =>
        Question(turn, stage, passages,
            [("first answer", first.Text), ("what was wrong with it", string.Join('\n', wrong))]) with
        {
            Above = first.Tier, Otherwise = first.Tier,
        };

    /// <summary>Passages as the parts of a user message.</summary>
    public static IEnumerable<(string Label, string Text)> Parts(IReadOnlyList<Passage> passages) =>
        passages.Select((p, i) =>
            ($"passage {Id(i)}: {p.Title}{(p.Heading.Length == 0 ? "" : " › " + p.Heading)}", p.Text));

    private static ModelQuestion<WrittenAnswer> Question(
        Turn turn, string stage, IReadOnlyList<Passage> passages, IReadOnlyList<(string, string)> more) => new()
        {
            Stage = stage,
            Parts = [.. Parts(passages), .. MarkedText.Answerable(turn), .. more],
            PublicText = string.Join('\n', passages.Select(p => p.Text)),
            Schema = AnswerSchema.Object(
                ("answered", AnswerSchema.Flag()),
                ("text", AnswerSchema.Text()),
                ("passages", AnswerSchema.ListOf(passages.Select((_, i) => Id(i)))),
                ("confidence", AnswerSchema.OneOf(WordScales.Confidence.Words))),
            Read = json => Read(json, passages, turn),
            Confidence = answer => answer.Confidence,
            Floor = turn.Playbook.Thresholds.DecisionConfidence,
        };

    /// <summary>
    /// Null when it claims an answer and gives none, or one that rests on nothing or names whom nobody knows.
    /// </summary>
    private static WrittenAnswer? Read(JsonElement json, IReadOnlyList<Passage> passages, Turn turn)
    {
        var confidence = WordScales.Confidence[json.Word("confidence")];
        if (!json.Flag("answered")) return new WrittenAnswer(null, [], confidence);
        var text = json.Word("text").Trim();
        var used = json.Words("passages").Select(id => passages[int.Parse(id[1..]) - 1]).ToList();
        if (text.Length is 0 or > Longest || used.Count == 0) return null;
        // Only placeholders of the conversation can be restored where the answer is delivered.
        var known = Placeholder().Matches(text).All(name => turn.Subject.Contains(name.Value, StringComparison.Ordinal)
            || turn.Conversation.Transcript.Any(line => line.Text.Contains(name.Value, StringComparison.Ordinal)));
        return known ? new WrittenAnswer(text, used, confidence) : null;
    }

    [GeneratedRegex(@"\[[A-Z_]+_\d+\]")]
    private static partial Regex Placeholder();

    private static string Id(int index) => $"p{index + 1}";
}
