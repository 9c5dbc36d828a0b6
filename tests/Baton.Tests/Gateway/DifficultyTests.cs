using Baton.Gateway.Calls;
using Baton.Gateway.Routing;
using Baton.Playbooks.Models;
using Microsoft.Extensions.AI;

namespace Baton.Tests.Gateway;

public sealed class DifficultyTests
{
    private const string Question = "How do I return a pair of boots?";

    [Fact]
    public void It_lies_between_nothing_and_one_whatever_is_asked()
    {
        Assert.Equal(0, Difficulty.Estimate([], null));
        foreach (var text in (
            string[])["", "?", Question, new string('x', 100_000),
            string.Join(' ', Enumerable.Repeat("why 12 ```", 5000))])
            Assert.InRange(Of(text), 0, 1);
    }

    [Fact]
    public void Tools_code_and_a_long_conversation_raise_it()
    {
        var tools = new ChatOptions { Tools =
            [AIFunctionFactory.Create(() => 1, "one"), AIFunctionFactory.Create(() => 2, "two")] };
        var history = Enumerable.Repeat(new ChatMessage(ChatRole.User, "hm"), 4)
            .Append(new ChatMessage(ChatRole.User, Question));

        Assert.True(Difficulty.Estimate([new(ChatRole.User, Question)], tools) > Of(Question));
        Assert.True(Of(Question + " ```x```") > Of(Question));
        Assert.True(Difficulty.Estimate(history, null) > Of(Question));
    }

    [Fact]
    public void It_learns_which_words_were_hard()
    {
        string[] easy = ["where is my order", "when will my order come", "is my order on its way",
            "has my order been sent"];
        string[] hard = ["name three papers on sleep", "name five papers on diet", "list papers on memory",
            "cite papers on sleep"];
        var model = DifficultyModel.Train([.. easy, .. hard], [.. easy.Select(_ => false), .. hard.Select(_ => true)],
            [.. easy, .. hard], seed: 1);

        Assert.True(model.Of("cite three papers on diet") > model.Of("where is the order"));
    }

    [Theory, InlineData(0.2, "small"), InlineData(0.8, "large")]
    public async Task Auto_asks_the_tier_that_the_difficulty_calls_for(double difficulty, string model)
    {
        await using var fixture = await GatewayFixture.StartAsync();
        fixture.Policy = fixture.Policy with { Auto = new AutoPolicy("commodity", "reasoning") };
        fixture.Difficulty = (_, _) => difficulty;

        var answer = await fixture.Ask(Question, options: new ChatOptions { ModelId = "auto" });

        Assert.Equal(model, answer.Receipts().Single().Model);
    }

    private static double Of(string text) => Difficulty.Estimate([new(ChatRole.User, text)], null);
}
