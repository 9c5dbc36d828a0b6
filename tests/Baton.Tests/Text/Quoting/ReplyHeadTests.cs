using Baton.Text;

namespace Baton.Tests.Text.Quoting;

/// <summary>Mail programs and languages in which a reply says whose words follow.</summary>
public sealed class ReplyHeadTests
{
    private const string Ours = "If your lawyer wants to sue us, tell us.";

    public static TheoryData<string, string> Heads => new()
    {
        { "Gmail", "On Mon, Jan 19, 2026 at 10:22 AM Fernweh Care <help@example.com> wrote:" },
        { "Gmail, wrapped before the address",
            "On Mon, Jan 19, 2026 at 10:22 AM Fernweh Care\n<help@example.com> wrote:" },
        { "Gmail, wrapped in the address",
            "On Mon, Jan 19, 2026 at 10:22 AM Fernweh Care <\nhelp@example.com> wrote:" },
        { "Gmail, wrapped before the verb",
            "On Mon, Jan 19, 2026 at 10:22 AM Fernweh Care <help@example.com>\nwrote:" },
        { "Gmail of old", "2026-01-19 10:22 GMT+01:00 Fernweh <help@example.com>:" },
        { "Outlook", "From: Fernweh Support\nSent: Monday, January 19, 2026 10:22 AM\nTo: Robin\nSubject: RE: x\n" },
        { "Outlook, bold", "*From:* Fernweh Support\n*Sent:* Monday, January 19, 2026 10:22 AM\n*To:* Robin\n*Subject:* RE: x\n" },
        { "Outlook on the web",
            "________________________________\nFrom: Fernweh <help@example.com>\nSent: Monday\nTo: Robin\nSubject: x\n" },
        { "Outlook on a phone",
            "Get Outlook for iOS\n________________________________\nFrom: Fernweh <help@example.com>\nSent: Monday" },
        { "Apple Mail", "On 19 Jan 2026, at 10:22, Fernweh <help@example.com> wrote:\n" },
        { "iPhone", "Sent from my iPhone\n\nOn 19 Jan 2026, at 10:22, Fernweh <help@example.com> wrote:\n" },
        { "Apple Mail, forwarded",
            "Begin forwarded message:\n\nFrom: Fernweh <help@example.com>\nSubject: x\nDate: 19 January 2026" },
        { "Thunderbird", "On 19/01/2026 10:22, Fernweh wrote:" },
        { "Thunderbird, forwarded",
            "-------- Forwarded Message --------\nSubject: x\nDate: Mon, 19 Jan 2026\nFrom: Fernweh <help@example.com>" },
        { "Yahoo", "On Monday, January 19, 2026, 10:22:31 AM GMT+1, Fernweh <help@example.com> wrote:" },
        { "Lotus Notes", "Fernweh <help@example.com> wrote on 01/19/2026 10:22:31 AM:" },
        { "Proton Mail", "------- Original Message -------\nOn Monday, January 19th, 2026 at 10:22, Fernweh <help@example.com> wrote:" },
        { "GMX and web.de", "Gesendet: Montag, 19. Januar 2026 um 10:22 Uhr\nVon: \"Fernweh\" <help@example.com>\nAn: Robin\nBetreff: x" },
        { "Samsung", "-------- Original message --------\nFrom: Fernweh <help@example.com>\nDate: 19/01/2026 10:22 (GMT+01:00)" },
        { "Spark", "On 19 Jan 2026, 10:22 +0100, Fernweh <help@example.com>, wrote:" },
        { "Zoho", "---- On Mon, 19 Jan 2026 10:22:31 +0100 Fernweh <help@example.com> wrote ----" },
        { "Mailbird", "On 19/01/2026 10:22:31, Fernweh <help@example.com> wrote:" },
        { "K-9", "On January 19, 2026 10:22:31 AM GMT+01:00, Fernweh <help@example.com> wrote:" },
        { "eM Client", "------ Original Message ------\nFrom \"Fernweh\" <help@example.com>\nTo \"Robin\"\nSubject x" },
        { "Superhuman", "On Mon, Jan 19, 2026 at 10:22 AM, Fernweh < help@example.com > wrote:" },
        { "AOL", "-----Original Message-----\nFrom: Fernweh <help@example.com>\nTo: Robin\nSent: Mon, Jan 19, 2026 10:22 am" },
        { "Evolution", "On Mon, 2026-01-19 at 10:22 +0100, Fernweh wrote:" },
        { "KMail", "On Monday 19 January 2026 10:22:31 CET Fernweh wrote:" },
        { "Roundcube", "On 2026-01-19 10:22, Fernweh wrote:" },
        { "Fastmail", "On Mon, 19 Jan 2026, at 10:22 AM, Fernweh wrote:" },
        { "Mutt", "On Mon, Jan 19, 2026 at 10:22:31AM +0100, Fernweh wrote:" },
        { "Gnus", "Fernweh <help@example.com> writes:" },
        { "a helpdesk", "##- Please type your reply above this line -##" },
        { "de", "Am Mo., 19. Jan. 2026 um 10:22 Uhr schrieb Fernweh <help@example.com>:" },
        { "de, Thunderbird", "Fernweh schrieb am 19.01.2026 um 10:22:" },
        { "de, Outlook", "Von: Fernweh <help@example.com>\nGesendet: Montag, 19. Januar 2026 10:22\nAn: Robin\nBetreff: AW: x\n" },
        { "fr", "Le lun. 19 janv. 2026 à 10:22, Fernweh <help@example.com> a écrit :" },
        { "fr, Outlook", "De : Fernweh\nEnvoyé : lundi 19 janvier 2026 10:22\nÀ : Robin\nObjet : RE: x" },
        { "es", "El lun, 19 ene 2026 a las 10:22, Fernweh (<help@example.com>) escribió:" },
        { "es, Outlook", "De: Fernweh\nEnviado: lunes, 19 de enero de 2026 10:22\nPara: Robin\nAsunto: RE: x" },
        { "it", "Il giorno lun 19 gen 2026 alle ore 10:22 Fernweh <help@example.com> ha scritto:" },
        { "it, Outlook", "Da: Fernweh\nInviato: lunedì 19 gennaio 2026 10:22\nA: Robin\nOggetto: R: x" },
        { "nl", "Op ma 19 jan 2026 om 10:22 schreef Fernweh <help@example.com>:" },
        { "pt", "Em seg., 19 de jan. de 2026 às 10:22, Fernweh <help@example.com> escreveu:" },
        { "pl", "W dniu 19.01.2026 o 10:22, Fernweh pisze:" },
        { "pl, Gmail", "pon., 19 sty 2026 o 10:22 Fernweh <help@example.com> napisał(a):" },
        { "sv", "Den mån 19 jan. 2026 kl 10:22 skrev Fernweh <help@example.com>:" },
        { "da", "Den man. 19. jan. 2026 kl. 10.22 skrev Fernweh <help@example.com>:" },
        { "no", "man. 19. jan. 2026 kl. 10:22 skrev Fernweh <help@example.com>:" },
        { "fi", "ma 19. tammik. 2026 klo 10.22 Fernweh (help@example.com) kirjoitti:" },
        { "cs", "po 19. 1. 2026 v 10:22 odesílatel Fernweh <help@example.com> napsal:" },
        { "tr", "Fernweh <help@example.com>, 19 Oca 2026 Pzt, 10:22 tarihinde şunu yazdı:" },
        { "ja", "2026年1月19日(月) 10:22 Fernweh <help@example.com>:" },
        { "ja, Outlook", "差出人: Fernweh\n送信日時: 2026年1月19日 10:22\n宛先: Robin\n件名: Re: x" },
        { "zh", "Fernweh <help@example.com> 于2026年1月19日周一 10:22写道：" },
        { "zh, Outlook", "发件人: Fernweh\n发送时间: 2026年1月19日 10:22\n收件人: Robin\n主题: Re: x" },
        { "ru", "пн, 19 янв. 2026 г. в 10:22, Fernweh <help@example.com>:" },
        { "ru, Mail.ru", "Понедельник, 19 января 2026, 10:22 +03:00 от Fernweh <help@example.com>:" },
        { "uk", "19.01.2026 10:22, Fernweh пише:" },
        { "hu", "Fernweh <help@example.com> ezt írta (időpont: 2026. jan. 19., H, 10:22):" },
    };

    [Theory]
    [MemberData(nameof(Heads))]
    public void Neither_answers_nor_notices_what_the_brand_wrote(string program, string head)
    {
        var message = $"Where is my order NW-10003?\n\n{head}\n{Ours}";

        Assert.Equal((program, "Where is my order NW-10003?"), (program, OwnWords.Of(message).Trim()));
        Assert.DoesNotContain("lawyer", Notice("Fernweh").Of(message), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Heads))]
    public void Notices_what_somebody_else_wrote_and_does_not_answer_it(string program, string head)
    {
        var message = $"Where is my order NW-10003?\n\n{head.Replace("Fernweh", "Sam", StringComparison.Ordinal)}\n{Ours}";

        Assert.Equal((program, "Where is my order NW-10003?"), (program, OwnWords.Of(message).Trim()));
        if (program != "a helpdesk") Assert.Contains("lawyer", Notice("Fernweh").Of(message), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("I bought 2 tents.\nThe driver wrote this on the box:\nKEEP OUT")]
    [InlineData("My trip:\nFrom: Berlin\nTo: Munich\nDate: 3 May\nWill it arrive before?")]
    [InlineData("Where is my order?\nOn Monday I asked.\nThanks")]
    [InlineData("Two things:\n1) the stove\n2) the tent")]
    [InlineData("My order from 2026-01-19\nhas not come. I need it at 10:22:\nplease hurry")]
    public void Answers_what_only_looks_like_a_head(string message) =>
        Assert.Equal(message, OwnWords.Of(message).Trim());

    [Fact]
    public void An_address_with_the_brands_name_attributes_nothing() =>
        Assert.Contains("burned",
            Notice("Fernweh").Of("Look\n\nOn Mon, 19 Jan 2026, Sam <sam@fernweh.example> wrote:\nIt burned my hand"),
            StringComparison.Ordinal);

    private static NoticedWords Notice(string brand) => new([brand], [], []);
}
