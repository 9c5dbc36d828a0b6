using Baton.Text;

namespace Baton.Tests.Text.Quoting;

/// <summary>Quoting decides what is answered, never what is noticed.</summary>
public sealed class NoticedWordsTests
{
    private const string Question = "Where is my order NW-10003?";
    private const string Grave = "The stove exploded and burned my hand.";

    [Theory]
    [InlineData("\n\nOn Mon, Jan 19, 2026 Fernweh wrote:\n> Did the stove arrive?\n\n" + Grave)]
    [InlineData("\n\nOn Mon, Jan 19, 2026 Fernweh wrote:\n> Did the stove arrive?\n" + Grave
        + "\n> Anything else?\nNo.")]
    [InlineData("\n____________\n" + Grave)]
    [InlineData("\n| " + Grave)]
    [InlineData("\n> " + Grave)]
    [InlineData("\n>> " + Grave)]
    [InlineData("\n-- \n" + Grave)]
    [InlineData("\n--\nRobin\n" + Grave)]
    [InlineData("\nSent from my iPhone\n" + Grave)]
    [InlineData("\n\n---------- Forwarded message ---------\nFrom: Sam\n\n" + Grave)]
    [InlineData("\n\nBegin forwarded message:\n\n" + Grave)]
    [InlineData("\n\n-----Original Message-----\nFrom: Sam <sam@example.com>\n\n" + Grave)]
    [InlineData("\n\nOn Mon, Jan 19, 2026 Sam wrote:\n> " + Grave)]
    [InlineData("\n\nOn Mon, Jan 19, 2026 Fernweh wrote:\n>> On Sun, Jan 18, 2026 Sam wrote:\n>>> " + Grave)]
    [InlineData("\n\nOn Mon, Jan 19, 2026 Fernweh wrote:\nHello Robin\n\nOn Sun, Jan 18, 2026 Sam wrote:\n" + Grave)]
    [InlineData("\n\nKind regards\nRobin Vale\n" + Grave)]
    [InlineData("\n\nThis e-mail is confidential and intended for the named recipient only. " + Grave)]
    public void Notices_a_grave_word_wherever_it_stands(string below) =>
        Assert.Contains("burned my hand", Notice().Of(Question + below), StringComparison.Ordinal);

    [Theory]
    [InlineData("Fernweh wrote something.\n> Did the stove burn?", "Did the stove burn?")]
    [InlineData("Yes it did.\n\nOn Mon, Jan 19, 2026 Fernweh wrote:\n> Did the stove\n> burn?", "Did the stove burn?")]
    [InlineData("Yes.\n\nOn Mon, Sam wrote:\nDid your house burn down when the stove was lit?",
        "Did your house burn down when the stove was lit?")]
    public void Leaves_out_what_the_record_shows_that_we_said(string message, string said) =>
        Assert.DoesNotContain("burn", Notice(ours: said).Of(message), StringComparison.Ordinal);

    [Fact]
    public void Notices_what_was_added_below_our_unmarked_words_when_the_record_has_them()
    {
        const string said = "Thank you for writing. Your stove left our warehouse today.";

        var noticed = Notice(ours: said).Of($"{Question}\n\nFrom: Fernweh\nSubject: x\n\n{said}\n\n{Grave}");

        Assert.Contains("burned my hand", noticed, StringComparison.Ordinal);
        Assert.DoesNotContain("warehouse", noticed, StringComparison.Ordinal);
    }

    [Fact]
    public void Does_not_notice_again_what_the_customer_wrote_before() =>
        Assert.DoesNotContain(
            "burned", Notice(theirs: Grave).Of($"Thanks\n\nOn Mon, Robin wrote:\n> {Grave}"), StringComparison.Ordinal);

    [Fact]
    public void Short_words_of_ours_do_not_hide_the_customers_own() =>
        Assert.Contains("my lawyer", Notice(ours: "Is this about my lawyer or yours?").Of("my lawyer\nand me"),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("Robin Vale\nAttorney at Law")]
    [InlineData("[PERSON_1]\nAttorney at Law")]
    [InlineData("[PERSON_1], Attorney at Law")]
    [InlineData("Regards,\nLegal Department")]
    [InlineData("Best regards\nRobin Vale\nChief Security Officer\nFraud Department")]
    [InlineData("Robin Vale\nManager, Human Resources")]
    [InlineData("Mit freundlichen Grüßen\nRobin Vale\nRechtsanwalt")]
    [InlineData("Cordialement\nRobin Vale\nAvocat à la Cour")]
    [InlineData("Saludos\nRobin Vale\nAbogado")]
    [InlineData("Robin Vale | Senior Counsel | Attorney General Office")]
    [InlineData("This e-mail is confidential. Unauthorised use is unlawful.")]
    [InlineData("This message is confidential and may be legally privileged; misuse may lead to legal action.")]
    [InlineData("CONFIDENTIALITY NOTICE: This email and any attachments are for the sole use of the intended recipient and may "
        + "contain attorney-client privileged information. Any unauthorized review, use, disclosure or distribution is prohibited.")]
    [InlineData("If you are not the intended recipient, you are hereby notified that any unauthorized disclosure is strictly prohibited.")]
    [InlineData("If you have received this email in error please notify the sender. We accept no liability for damage caused by viruses.")]
    [InlineData("Diese E-Mail enthält vertrauliche Informationen. Unbefugte Weitergabe ist nicht gestattet.")]
    [InlineData("Data protection officer: dpo@example.com. GDPR notice: example.com/privacy")]
    [InlineData("Legal: www.example.com/legal")]
    public void Neither_answers_nor_notices_a_footer(string footer)
    {
        var message = $"{Question}\n\n{footer}";

        foreach (var word in new[] { "ttorney", "Legal", "legal", "nauthor", "Human", "Fraud", "Rechtsanwalt",
            "Avocat", "Abogado", "GDPR", "Unbefugt", "liab" })
        {
            Assert.DoesNotContain(word, Notice().Of(message), StringComparison.Ordinal);
            Assert.DoesNotContain(word, OwnWords.Of(message), StringComparison.Ordinal);
        }
        Assert.StartsWith(Question, OwnWords.Of(message), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("My lawyer will sue you", "lawyer")]
    [InlineData("Robin Vale\nMy Attorney Will Call You", "Attorney")]
    [InlineData("This message is confidential: your stove injured a child at home.", "injured")]
    [InlineData("This email is confidential. My account was hacked without my permission.", "hacked")]
    [InlineData("Unauthorised access.", "Unauthorised")]
    [InlineData("Legal: I will sue you", "sue")]
    [InlineData("Regards\nRobin\n\nPS: somebody was hurt.", "hurt")]
    [InlineData("Privacy: delete all my data or I call my lawyer", "lawyer")]
    public void Notices_a_sentence_that_stands_where_footers_stand(string below, string word) =>
        Assert.Contains(word, Notice().Of($"{Question}\n\n{below}"), StringComparison.Ordinal);

    [Fact]
    public void Reads_a_long_and_deeply_quoted_message_in_bounded_time()
    {
        var deep = string.Concat(Enumerable.Repeat(new string('>', 5_000) + " On Mon wrote:\n", 20));
        var heads = string.Concat(Enumerable.Repeat("On Mon, Jan 19, 2026\n", 5_000));

        Assert.NotNull(Notice().Of(deep + heads));
        Assert.NotNull(OwnWords.Of(deep + heads));
    }

    private static NoticedWords Notice(string? ours = null, string? theirs = null) =>
        new(["Fernweh"], ours is null ? [] : [ours], theirs is null ? [] : [theirs]);
}
