using Baton.Text;

namespace Baton.Tests.Text;

public sealed class AutomaticMailTests
{
    private static readonly Dictionary<string, string> None = [];

    [Theory]
    [InlineData("Automatic reply: Your ticket T-1",
        "I am out of the office until Monday. In urgent cases please contact my colleague Sam.")]
    [InlineData("Out of office",
        "Thanks for your mail! I'm on parental leave until March. Your message will not be forwarded.")]
    [InlineData("Abwesenheitsnotiz: Ihr Ticket", "Ich bin bis Montag nicht im Büro.")]
    [InlineData("Réponse automatique : Votre demande", "Je suis absent jusqu'à lundi.")]
    [InlineData("Respuesta automática: Su consulta", "Estoy fuera de la oficina hasta el lunes.")]
    [InlineData("Risposta automatica: ticket", "Sono fuori ufficio fino a lunedì.")]
    [InlineData("Automatisch antwoord: ticket", "Ik ben afwezig tot maandag.")]
    [InlineData("Resposta automática: ticket", "Estou de férias até segunda.")]
    [InlineData("Odpowiedź automatyczna: ticket", "Jestem na urlopie.")]
    [InlineData("Autosvar: ticket", "Jag är inte på kontoret.")]
    [InlineData("Automaattinen vastaus: ticket", "Olen lomalla.")]
    [InlineData("Automatická odpověď: ticket", "Mám dovolenou do pondělí.")]
    [InlineData("自動応答: チケット", "休暇中です。")]
    [InlineData("自动回复: 工单", "我在休假。")]
    [InlineData("Автоответ: заявка", "Я в отпуске до понедельника.")]
    [InlineData(null, "I am out of the office until Monday. I will reply when I return.")]
    [InlineData(null, "I am on annual leave. I return on Monday.")]
    [InlineData(null, "On vacation until 3 May. I will be back next week.")]
    [InlineData(null, "This mailbox is not monitored. We'll get back to you when I am back.")]
    [InlineData(null, "I am on leave until May. I will reply on Monday, when I am back.")]
    [InlineData(null, "Ich bin im Urlaub.\nIn dringenden Fällen: Sam.")]
    [InlineData("Undeliverable: Your ticket",
        "Your message to help@example.com could not be delivered. Reason: 550 5.1.1 user unknown.")]
    [InlineData("Mail delivery failed: returning message to sender", "The recipient's mailbox is full.")]
    [InlineData("Unzustellbar: Ihr Ticket", "Ihre Nachricht konnte nicht zugestellt werden.")]
    public void Recognises_what_a_machine_wrote(string? subject, string text) =>
        Assert.NotNull(AutomaticMail.Of(None, subject, text));

    [Theory]
    [InlineData("Auto-Submitted", "auto-replied")]
    [InlineData("auto-submitted", "auto-generated")]
    [InlineData("X-Autoreply", "yes")]
    [InlineData("Precedence", "auto_reply")]
    [InlineData("Precedence", "bulk")]
    [InlineData("Return-Path", "<>")]
    [InlineData("X-Auto-Response-Suppress", "All")]
    [InlineData("List-Id", "<news.example.com>")]
    [InlineData("Content-Type", "multipart/report; report-type=delivery-status")]
    public void Believes_the_headers_of_machines(string name, string value) =>
        Assert.NotNull(AutomaticMail.Of(
            new Dictionary<string, string> { [name] = value }, "Re: hello", "Back on Monday."));

    [Theory]
    [InlineData("Auto-Submitted", "no")]
    [InlineData("X-Auto-Response-Suppress", "DR, RN, NRN, OOF, AutoReply")]
    [InlineData("Return-Path", "<robin@example.com>")]
    [InlineData("Precedence", "normal")]
    [InlineData("Content-Type", "multipart/alternative")]
    public void Takes_the_headers_of_people_for_nothing(string name, string value) =>
        Assert.Null(AutomaticMail.Of(
            new Dictionary<string, string> { [name] = value }, "Re: hello", "Back on Monday."));

    [Theory]
    [InlineData("Automatic reply: x", "I am out of the office. Where is my order NW-10003?")]
    [InlineData("Out of office", "I am on leave, but my stove exploded and burned my hand.")]
    [InlineData("Out of office", "I want a refund.")]
    [InlineData("Out of office chairs", "Do you sell them.")]
    [InlineData("Delivery failure", "My parcel could not be delivered.")]
    [InlineData("Undeliverable", "The courier says so.")]
    [InlineData(null, "I am out of the office until Monday. Leave it with the neighbour, the bell is broken.")]
    [InlineData(null, "I am on vacation and lost the key of the tent locker.")]
    [InlineData("Hello", "Thanks.")]
    [InlineData(null, "can I return worn boots")]
    [InlineData(null, "how do I return in store")]
    [InlineData(null, "can I return on Monday")]
    [InlineData(null, "If I return worn boots, they come back")]
    [InlineData(null, "Before I return boots: is a label needed?")]
    [InlineData(null, "are you open on holidays?")]
    [InlineData(null, "open on holidays?")]
    [InlineData(null, "you deliver on holidays")]
    [InlineData(null, "Hello, I am back with the same problem.")]
    [InlineData(null, "Nobody will answer.")]
    [InlineData(null, "My letters are not read.")]
    [InlineData(null, "All I get is an automatic reply.")]
    [InlineData(null, "When will you be back from vacation?")]
    [InlineData(null, "what is your return policy can i return boots i have worn once")]
    [InlineData(null, "how can i return boots")]
    [InlineData(null, "Hi, do i return worn boots to the store")]
    [InlineData(null, "what do i do when i return something")]
    [InlineData(null, "when will you get back to me")]
    [InlineData(null, "nobody will answer the phone")]
    [InlineData(null, "we were on vacation and rain came through the roof")]
    [InlineData(null, "I am on vacation next week so deliver it after the 12th")]
    [InlineData(null, "The gift card is not read by the terminal")]
    public void Leaves_a_customer_who_wants_something_alone(string? subject, string text)
    {
        Assert.Null(AutomaticMail.Of(None, subject, text));
    }

    [Fact]
    public void A_request_outweighs_the_header() =>
        Assert.Null(AutomaticMail.Of(
            new Dictionary<string, string> { ["Auto-Submitted"] = "auto-generated" }, "Contact form",
            "Please cancel order 4711"));

    [Theory]
    [InlineData("I am out of the office. The stove exploded on me.")]
    [InlineData("I am on leave because your tent caught fire and my attorney will write.")]
    [InlineData("I am away from my desk. I will see you in court, suing is all that is left, as you go to court.")]
    [InlineData("I am out of the office. My card was stolen.")]
    [InlineData("I am out of the office and want to talk to a human.")]
    [InlineData("I am out of the office. You wiped all my data.")]
    public void What_is_grave_is_a_customers_whatever_the_header_says(string text) =>
        Assert.Null(AutomaticMail.Of(
            new Dictionary<string, string> { ["Auto-Submitted"] = "auto-replied" }, "Automatic reply", text));
}
