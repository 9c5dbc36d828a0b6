using System.Text;
using Baton.Triage.Intents;

namespace Baton.Tests.Triage.Intents;

public sealed class HostileTextTests
{
    public static TheoryData<string, string> Texts => new()
    {
        { "empty", "" },
        { "blanks", " \t\r\n\u00a0\u2003" },
        { "one endless word", new string('a', 1_000_000) },
        { "a megabyte of words", string.Concat(Enumerable.Repeat("refund order cancel ", 52_000)) },
        { "a hundred thousand different words", Many() },
        { "emoji", string.Concat(Enumerable.Repeat("😡👍🏽🇩🇪", 500)) },
        { "lone surrogates", "\ud83d refund \ude00" },
        { "invisible characters only", new string('\u200b', 5000) },
        { "combining marks", "re\u0301fund" + new string('\u0301', 10_000) },
        { "right to left", "استرداد المبلغ \u202e refund" },
        { "mixed scripts", "Где мой заказ 注文はどこ refund 환불" },
        { "apostrophes", new string('\'', 10_000) },
        { "nulls", "refund\0\0\0" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Any_text_gets_a_prediction_an_explanation_and_parts(string what, string text)
    {
        var prediction = IntentExamples.Model.Predict(text);

        Assert.True(prediction.Confidence is >= 0 and <= 1, what);
        Assert.True(prediction.OutOfScope is >= 0 and <= 1, what);
        Assert.NotNull(IntentExamples.Model.Explain(text));
        Assert.NotEmpty(IntentExamples.Model.PredictMany(text));
    }

    [Fact]
    public void Nothing_to_read_is_out_of_scope()
    {
        Assert.True(IntentExamples.Model.Predict("").IsOutOfScope);
        Assert.True(IntentExamples.Model.Predict("\u200b\u200b").IsOutOfScope);
    }

    [Fact]
    public void Invisible_characters_and_odd_letters_do_not_hide_a_word() =>
        Assert.Equal(
            IntentExamples.Model.Predict("cancel my order").Candidates,
            IntentExamples.Model.Predict("Ｃａｎ\u200bcel MY o\u00adrder").Candidates);

    [Fact]
    public void Training_survives_hostile_examples()
    {
        var model = IntentModel.Train(
            [.. IntentExamples.All, .. Texts.Select(t => new IntentExample(t.Data.Item2, "noise"))]);

        Assert.Equal("refund", model.Predict("please refund this purchase").Intent);
    }

    private static string Many()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 100_000; i++) text.Append('w').Append(i.ToString("x")).Append(' ');
        return text.ToString();
    }
}
