using Baton.Conversations;
using Baton.Escalation.Triggers;
using Baton.Text;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Decisions;

/// <summary>Automatic mail is silent, unless it speaks of what a person must see.</summary>
public sealed class GraveNoticesTests
{
    private static readonly Dictionary<string, string> Replied = new() { ["Auto-Submitted"] = "auto-replied" };

    public static TheoryData<string> Phrases =>
    [
        .. SensitivePhrases.Safety.Concat(SensitivePhrases.Legal).Concat(SensitivePhrases.Security)
            .Concat(SensitivePhrases.DataLoss)
            .Select(phrase => string.Join(' ', phrase.Replace("*", "", StringComparison.Ordinal).Split(' ')
                .Where(word => word != "..").Select(word => word == "_" ? "routes" : word.Split('|')[0]))),
    ];

    [Theory]
    [MemberData(nameof(Phrases))]
    public void Every_grave_phrase_is_told_whatever_stands_beside_it(string phrase)
    {
        Assert.Contains(phrase,
            AutomaticMail.Told($"I am out of the office until Monday. It says here: {phrase}. In urgent cases call Sam."),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Back on Monday. There was carbon monoxide in the tent.", "safety")]
    [InlineData("Back on Monday. Somebody logged in to my account.", "security")]
    [InlineData("Back on Monday. Our data is gone.", "data_loss")]
    [InlineData("Back on Monday. This is a breach of contract.", "legal")]
    [InlineData("I am on sick leave because of a gas leak in your heater.", "safety")]
    [InlineData("Ich bin im Urlaub. Der Ofen hat mich verletzt.", "safety")]
    public async Task Gives_a_person_a_notice_that_is_grave(string text, string trigger)
    {
        var decision = await DecideAsync(text);

        Assert.NotEqual(OutcomeKind.Silent, decision.Outcome);
        Assert.Contains(trigger, decision.Triggers);
    }

    [Theory]
    [InlineData("I am out of the office until Monday. In an emergency call an ambulance at 112.")]
    [InlineData("I am out of the office. For legal matters please contact our legal department.")]
    [InlineData("I am out of the office. Please contact the legal team or a supervisor for fraud cases.")]
    [InlineData("I am in hospital and out of the office until Monday. Your message will not be forwarded.")]
    [InlineData("Ich bin nicht im Büro. Bei Verletzten rufen Sie den Arzt; bei Klagen wenden Sie sich an den Anwalt.")]
    [InlineData("I am out of the office.\n\nOn Mon, 2 Nov 2026 at 10:00, Robin wrote:\n> the stove exploded and burned my hand")]
    [InlineData("I am out of the office.\n\n-- \nThis e-mail is confidential. Unauthorised use may lead to legal action.")]
    public async Task Stays_silent_to_a_notice_that_only_sends_people_elsewhere_or_quotes(string text) =>
        Assert.Equal(OutcomeKind.Silent, (await DecideAsync(text)).Outcome);

    private static async Task<Decision> DecideAsync(string text)
    {
        await using var desk = new Desk(DeskPlaybook.Files(), knowIntents: false);
        var ticket = Desk.Ticket(text) with { Subject = "Automatic reply: ticket" };
        return await desk.DecideAsync(ticket with { Messages = [ticket.Messages[0] with { Headers = Replied }] });
    }
}
