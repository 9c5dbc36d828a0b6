using System.Text.Json;
using Baton.Conversations.Findings;
using Baton.Decisions.Turns;
using Baton.Knowledge;
using Baton.Playbooks.Models;
using Baton.Text.Words;

namespace Baton.Decisions.Asking;

/// <summary>What a model thinks of an answer, in ordered words.</summary>
internal sealed record CheckVerdict(
    string Grounded, string Promises, string Answers, string Tone, string Policy, string Fix)
{
    /// <summary>What forbids sending it.</summary>
    public IReadOnlyList<string> Problems =>
    [
        .. Problem(Least(Grounded, 0.75), $"check: grounded {Grounded}"),
        .. Problem(WordScales.Degree[Promises] < 0.5, $"check: promises {Promises}"),
        .. Problem(Least(Answers, 0.5), $"check: answers {Answers}"),
        .. Problem(Policy == CheckQuestion.Kept, $"check: policy {Policy}"),
    ];

    /// <summary>What could be better without forbidding it, and the model's advice when anything could.</summary>
    public IReadOnlyList<string> Wishes
    {
        get
        {
            List<string> wishes =
            [
                .. Problem(Least(Tone, 0.5), $"check: tone {Tone}"),
                .. Problem(Promises == "none", $"check: promises {Promises}"),
                .. Problem(Least(Answers, 0.75), $"check: answers {Answers}"),
            ];
            if (Fix.Length > 0 && wishes.Count + Problems.Count > 0) wishes.Add("advice: " + Fix);
            return wishes;
        }
    }

    public string Words => $"grounded {Grounded}, promises {Promises}, answers {Answers}, tone {Tone}, policy {Policy}";

    private static bool Least(string word, double least) => WordScales.Degree[word] >= least;

    private static IEnumerable<string> Problem(bool good, string problem) => good ? [] : [problem];
}

/// <summary>Asks whether an answer keeps to sources, tone and policy.</summary>
internal static class CheckQuestion
{
    public const string Kept = "kept";

    /// <summary>Characters of the advice that goes to whoever writes again.</summary>
    private const int LongestFix = 300;

    private static readonly JsonElement Schema = AnswerSchema.Object(
        ("grounded", AnswerSchema.OneOf(WordScales.Degree.Words)),
        ("promises", AnswerSchema.OneOf(WordScales.Degree.Words)),
        ("answers", AnswerSchema.OneOf(WordScales.Degree.Words)),
        ("tone", AnswerSchema.OneOf(WordScales.Degree.Words)),
        ("policy", AnswerSchema.OneOf([Kept, "broken"])),
        ("fix", AnswerSchema.Text()));

    public static ModelQuestion<CheckVerdict> Of(Turn turn, IReadOnlyList<Passage> passages, DraftAnswer draft) => new()
    {
        Stage = ModelStages.Check,
        Parts = [.. DraftQuestion.Parts(passages), .. MarkedText.Answerable(turn), ("answer to check", draft.Text)],
        Schema = Schema,
        Read = Read,
        // A verdict has no confidence of its own: any valid one counts.
        Confidence = _ => 1,
        Otherwise = TierNames.Rules,
    };

    private static CheckVerdict Read(JsonElement json)
    {
        var fix = json.Word("fix").Trim();
        return new CheckVerdict(
            json.Word("grounded"), json.Word("promises"), json.Word("answers"), json.Word("tone"), json.Word("policy"),
            CutText.Of(fix, LongestFix));
    }
}
