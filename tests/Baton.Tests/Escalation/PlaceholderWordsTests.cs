using Baton.Decisions;
using Baton.Escalation.Triggers;
using Baton.Privacy;
using Baton.Text;
using TriggerTable = Baton.Escalation.Triggers.Triggers;

namespace Baton.Tests.Escalation;

/// <summary>The words inside placeholders are ours: no trigger may hear them.</summary>
public sealed class PlaceholderWordsTests
{
    private static readonly string[] Sentences =
    [
        "write to {0}", "Please write to {0} about it.", "send the answer to {0}", "my {0} is on the invoice", "{0}",
        "Please use {0} from now on", "forget {0}, use {0} instead", "The new one is {0}, the old one was {0}.",
        "contact: {0} {0} {0}",
        "show me {0}", "Reply to {0} only, please.", "{0} was charged", "please update {0}",
    ];

    public static TheoryData<string> Placeholders => [.. Enum.GetNames<PersonalDataType>().SelectMany(name =>
        (string[])[$"[{name.ToUpperInvariant()}_1]", $"[{name.ToUpperInvariant()}_0]",
            $"[{name.ToUpperInvariant()}_4711]"])];

    [Theory]
    [MemberData(nameof(Placeholders))]
    public void No_trigger_hears_a_placeholder(string placeholder)
    {
        foreach (var sentence in Sentences)
        {
            var text = string.Format(System.Globalization.CultureInfo.InvariantCulture, sentence, placeholder);
            var instruction = LocalModels.Instruction(PlaceholderMarks.Without(text));

            Assert.True(instruction.Score < 0.5, $"instruction_attempt: {text} ({instruction.Score})");
            Assert.Empty(TriggerTable.Evaluate(Some.Playbook(), Some.Facts() with { Body = text, Subject = text }));
        }
    }

    [Theory]
    [MemberData(nameof(Placeholders))]
    public void A_placeholder_hides_nothing_that_stands_beside_it(string placeholder)
    {
        Assert.Equal(["my", "card", "it", "was", "stolen"], CustomerWords.Of("", $"my card {placeholder} was stolen"));
        Assert.True(TriggerTable.AnyOfWords(Some.Playbook(), new SaidWords("", $"{placeholder} got burned by your stove")));
    }

    [Theory]
    [InlineData("the [urgent] thing")]
    [InlineData("[EMAIL]")]
    [InlineData("[EMAIL_x]")]
    [InlineData("a[1]")]
    public void Other_brackets_stay(string text) => Assert.Equal(text, PlaceholderMarks.Without(text));
}
