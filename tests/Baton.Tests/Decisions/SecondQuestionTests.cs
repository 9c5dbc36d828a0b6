using System.Net;
using Baton.Conversations;
using Baton.Playbooks;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Decisions;

/// <summary>
/// A message may ask for more than one thing. An answer to half of it is no answer: a person gets all of it.
/// </summary>
public sealed class SecondQuestionTests
{
    [Theory]
    [InlineData("Where is my order NW-10003? Besides, I want a refund for the jacket.", "refund request")]
    [InlineData("Where is my order NW-10003? And also, how long do I have to return the boots from another order?",
        "return policy")]
    [InlineData("Do you repair zips? And where is NW-10003?", "order status")]
    [InlineData("Where is my order NW-10003? Also please cancel NW-10007.", "cancel order")]
    [InlineData("Do you have gift cards? Where is my order NW-10003?", "")]
    [InlineData("PS: do you have gift cards? Where is my order NW-10003?", "")]
    [InlineData("Where is my order NW-10003? Thank you!\n\nPS: do you repair zips?", "repair service")]
    [InlineData("Good morning. Where is my order NW-10003? Hello again, I want a refund for the jacket.",
        "refund request")]
    public async Task Gives_a_person_a_message_with_a_request_that_no_answer_covers(string text, string named)
    {
        var decision = await DecideAsync(text);

        Assert.Equal(OutcomeKind.Escalated, decision.Outcome);
        Assert.Contains("Also asked, not answered: ", decision.Handoff!.Reason, StringComparison.Ordinal);
        Assert.Contains(named, decision.Handoff.Reason, StringComparison.Ordinal);
        Assert.Equal(text, decision.Handoff.Transcript[0].Text);
    }

    [Theory]
    [InlineData("Where is my order NW-10003? What is your return policy?", "NW-10003", "60 days")]
    [InlineData("Where is my order NW-10003? In which amounts do you sell gift cards?", "NW-10003",
        "Gift cards come in amounts")]
    [InlineData("Where are my orders NW-10003 and NW-10010?", "NW-10003", "NW-10010")]
    [InlineData("Where is my order NW-10003? And where is my order NW-10007?", "NW-10003", "NW-10007")]
    public async Task Answers_two_lookups_and_a_lookup_with_a_question_in_one_reply(
        string text, string first, string second)
    {
        var decision = await DecideAsync(text);

        Assert.Equal(OutcomeKind.Replied, decision.Outcome);
        Assert.Contains(first, decision.Reply, StringComparison.Ordinal);
        Assert.Contains(second, decision.Reply, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Status of NW-10003, NW-10004, NW-10005, NW-10006 please")]
    [InlineData("Where are NW-10003 and NW-99999?")]
    public async Task Gives_a_person_a_list_of_numbers_and_a_pair_of_which_one_is_unknown(string text) =>
        Assert.Equal(OutcomeKind.Escalated, (await DecideAsync(text)).Outcome);

    [Theory]
    [InlineData("Where is my order NW-10003? Do you sell kayaks?")]
    [InlineData("Do you sell kayaks? Where is my order NW-10003?")]
    [InlineData("Where is my order NW-10003 and is there a bus to your museum?")]
    public async Task Gives_a_person_a_message_with_a_question_that_no_intent_is_about(string text)
    {
        var decision = await DecideAsync(text);

        Assert.Equal(OutcomeKind.Escalated, decision.Outcome);
        Assert.Equal(text, decision.Handoff!.Transcript[0].Text);
    }

    [Theory]
    [InlineData("What is your return policy? Also, do you ship to Norway?")]
    [InlineData("Is bear spray allowed on a plane? What is your address?")]
    [InlineData("How do I clean my tent? Please also tell me when your sale starts.")]
    [InlineData("How do I clean my tent? I would also like to know when your sale starts.")]
    [InlineData("How do I clean my tent and what is the weather in Denver?")]
    [InlineData("How do I clean my tent? Also I want a refund for the jacket.")]
    [InlineData("How do I clean my tent? Please cancel my order NW-10007.")]
    [InlineData("How do I wash a down jacket? Please send me a catalogue.")]
    [InlineData("What is your return policy? Also, do you sell kayaks?")]
    [InlineData("how do i clean my tent do you have jobs")]
    [InlineData("how do i clean my tent do you sell kayaks")]
    public async Task Gives_a_person_a_message_of_which_accepted_sections_answer_half(string text)
    {
        var decision = await DecideAsync(text);

        Assert.Equal(OutcomeKind.Escalated, decision.Outcome);
        Assert.Equal(text, decision.Handoff!.Transcript[0].Text);
    }

    [Theory]
    [InlineData("How do I clean my tent?")]
    [InlineData("How do I clean my tent? It smells. Please help.")]
    [InlineData("Do gift cards expire? And how do I check the balance of a gift card?")]
    [InlineData("How do I stop the printed catalog? And how do I unsubscribe from your e-mails?")]
    [InlineData("How do I wash a down jacket? I want to be sure not to ruin it.")]
    [InlineData("Do you ship to Alaska? How much is it? How long does it take?")]
    [InlineData("Do you ship to Norway? Please let me know.")]
    [InlineData("Do you offer student discounts? And military ones?")]
    [InlineData("how do i clean my tent")]
    [InlineData("i want to know how do i clean my tent")]
    [InlineData("do you know how i can clean my tent and does it need special soap")]
    public async Task Answers_a_message_whose_every_request_accepted_sections_answer(string text) =>
        Assert.Equal(OutcomeKind.Replied, (await DecideAsync(text)).Outcome);

    [Theory]
    [InlineData("Where is my order NW-10003? When will I have it?")]
    [InlineData("Where is my order NW-10003? Thanks, can you help?")]
    [InlineData("Where is my order NW-10003? Has it left your warehouse?")]
    [InlineData("Hi, how are you? Where is my order NW-10003? Do you know?")]
    public async Task Answers_a_lookup_asked_for_in_two_ways(string text) =>
        Assert.Equal(OutcomeKind.Replied, (await DecideAsync(text)).Outcome);

    [Theory]
    [InlineData("how do i clean my tent do you have jobs", "how do i clean my tent|do you have jobs")]
    [InlineData("what is your return policy can i return worn boots",
        "what is your return policy|can i return worn boots")]
    [InlineData("how do i clean my tent what is the weather like", "how do i clean my tent|what is the weather like")]
    [InlineData("how long do you keep returns", "how long do you keep returns")]
    [InlineData("do you know how do i clean my tent", "do you know how do i clean my tent")]
    [InlineData("which tents do you sell", "which tents do you sell")]
    [InlineData("", "")]
    public void Cuts_questions_that_run_on(string clause, string expected) => Assert.Equal(
        expected, string.Join('|', Baton.Decisions.Stages.Guarding.RunOnQuestions.Split(clause)));

    [Theory]
    [InlineData("do you have jobs", true)]
    [InlineData("what is the weather like", true)]
    [InlineData("which I would rather not", false)]
    [InlineData("how lovely it was", false)]
    public void Tells_a_question_by_its_order_of_words(string clause, bool expected) =>
        Assert.Equal(expected, Baton.Decisions.Stages.Guarding.RunOnQuestions.IsOne(clause));

    [Fact]
    public async Task Lets_a_grave_second_matter_decide_as_before()
    {
        var decision = await DecideAsync("Where is my order NW-10003? PS: my account was hacked.");

        Assert.Equal((Route.L3, Priority.Urgent), (decision.Route, decision.Priority));
        Assert.Contains("security", decision.Triggers);
    }

    [Theory]
    [InlineData("Where is my order NW-10003?")]
    [InlineData("Where is my order NW-10003? Thank you so much for your great service!")]
    [InlineData("Hello dear team! Where is my order NW-10003? Thanks and best regards, Robin")]
    [InlineData("Where is my order NW-10003?\n\nPS: Love your new store, keep up the good work.")]
    [InlineData("Where is my order NW-10003, and when will it arrive?")]
    [InlineData("Where is my order NW-10003? Has NW-10003 shipped yet?")]
    [InlineData("Where is my order NW-10003? What is the tracking number of order nw-10003?")]
    public async Task Answers_a_message_with_one_request_and_kind_words(string text) =>
        Assert.Equal(OutcomeKind.Replied, (await DecideAsync(text)).Outcome);

    [Theory]
    [InlineData("Where is my order NW-10003?\n\nRegards\nRobin")]
    [InlineData("Where is my order NW-10003?\n\nRon Esterhuizen")]
    [InlineData("Where is my order NW-10003? I have been out of signal for a week.\n\nBest, Indira")]
    [InlineData("Where is my order NW-10003?\n\nBest\nMrs. Dahlia Romero\nVice Principal")]
    public async Task Asks_nobody_for_the_name_under_a_letter(string text) =>
        Assert.Equal(OutcomeKind.Replied, (await DecideAsync(text)).Outcome);

    [Theory]
    [InlineData("Where is it?\n\nRegards\nRobin", "Regards\nRobin")]
    [InlineData("Where is it?\nBest, [PERSON_1]\nHead of Sales", "Best, [PERSON_1]\nHead of Sales")]
    [InlineData("Where is it?\n\n[PERSON_1]", "[PERSON_1]")]
    [InlineData("Where is it?\n[PERSON_1] [PERSON_2]\n", "[PERSON_1] [PERSON_2]\n")]
    [InlineData("Where is it?\nThanks, but the zip is broken", "")]
    [InlineData("Where is it?\nDo you repair zips", "")]
    [InlineData("Where is it?\nGift Cards?", "")]
    [InlineData("Where is it?\nI want a refund", "")]
    [InlineData("Where is it?\nBest\nRobin\nPS: gift cards", "")]
    [InlineData("Ron Esterhuizen", "")]
    [InlineData("", "")]
    public void Knows_where_the_sign_off_begins(string text, string expected) =>
        Assert.Equal(expected, text[Baton.Triage.SignOff.Start(text)..]);

    [Theory]
    [InlineData("Thank you so much for your great service", true)]
    [InlineData("PS: Love your new store", true)]
    [InlineData("PS: greetings from the mountains", true)]
    [InlineData("Thanks a lot! Best regards\nRobin", true)]
    [InlineData("Good morning. has it shipped yet", false)]
    [InlineData("Hello,\n\ndoes bear spray expire", false)]
    [InlineData("Hey! trade in", false)]
    [InlineData("Hi there. dangerous product!! the valve sprays fuel", false)]
    [InlineData("Hello dear team", true)]
    [InlineData("Thanks, but the zip is broken", false)]
    [InlineData("Thank you for sending a refund", false)]
    [InlineData("Hi, where is my order", false)]
    [InlineData("PS: do you have gift cards?", false)]
    [InlineData("The zip of my jacket is broken", false)]
    [InlineData("Hello, the seam came apart", false)]
    [InlineData("Hello, a pole of the tent is torn on one side", false)]
    [InlineData("Thanks for nothing, my tent is torn", false)]
    [InlineData("Good morning everybody", true)]
    public void Tells_kind_words_from_a_request(string clause, bool kind) =>
        Assert.Equal(kind, Baton.Triage.Courtesies.Is(clause));

    private static async Task<Decision> DecideAsync(string text)
    {
        await using var desk = new Desk(NorthwindFiles.All(), knowIntents: false);
        desk.Shop.Answer = order => Task.FromResult(order == "NW-99999" ? new(HttpStatusCode.NotFound) : Shop.Json($$$"""
            {"order":{"id":"{{{order}}}","status":"shipped","total":"40.00","placed_on":"2026-11-26","shipped_on":"2026-11-27",
            "carrier":"FedEx","tracking":"1","expected_on":"2026-11-30"}}
            """));
        return await desk.DecideAsync(Desk.Ticket(text));
    }
}
