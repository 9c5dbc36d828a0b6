using Baton.Playbooks;
using Baton.Tests.Decisions.Desks;
using Baton.Triage;

namespace Baton.Tests.Triage;

public sealed class ExactAnswersTests
{
    private static readonly Playbook Northwind =
        ((LoadedPlaybook.Valid)PlaybookLoader.Load(NorthwindFiles.Folder)).Playbook;

    [Theory]
    [InlineData("thanks", "You are welcome")]
    [InlineData("Thank you so much 🙏", "You are welcome")]
    [InlineData("got it, ty", "You are welcome")]
    [InlineData("ok cool", "Good.")]
    [InlineData("alright, understood 👍", "Good.")]
    [InlineData("Hi team, many thanks!", "You are welcome")]
    [InlineData("Many thanks.\n\nBest regards,\nHildegard Moss", "You are welcome")]
    [InlineData("great thanks bye", "You are welcome")]
    [InlineData("thanks a million for sorting this", "You are welcome")]
    [InlineData("Hello! Thanks for the quick help. Have a nice day", "You are welcome")]
    [InlineData("hiya 👋", "Hello from")]
    [InlineData("Good morning!", "Hello from")]
    public void Answers_what_says_nothing_else(string message, string reply) =>
        Assert.StartsWith(reply, ExactAnswers.Find(Northwind, message)?.Reply ?? "nothing", StringComparison.Ordinal);

    [Theory]
    [InlineData("thanks but it still leaks")]
    [InlineData("ok. where is my parcel")]
    [InlineData("ok cool, can you send it?")]
    [InlineData("Dear team")]
    [InlineData("hi, my tent is broken")]
    [InlineData("thanks for nothing, my order never came")]
    [InlineData("perfect tent")]
    [InlineData("cool jacket ok")]
    [InlineData("thank you for your message, I want my money back")]
    [InlineData("")]
    public void Leaves_everything_else_alone(string message) => Assert.Null(ExactAnswers.Find(Northwind, message));
}
