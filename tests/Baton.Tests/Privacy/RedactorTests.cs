using Baton.Privacy;

namespace Baton.Tests.Privacy;

public sealed class RedactorTests
{
    private static readonly Redactor Support = new();
    private static readonly Redactor Everything = new(RedactionProfile.Everything);

    [Theory]
    [InlineData("write to jane.doe+shop@example.co.uk please", "write to [EMAIL_1] please")]
    [InlineData("write to jane.doe (at) example (dot) com please", "write to [EMAIL_1] please")]
    [InlineData("call me at 463-612-6138x036 today", "call me at [PHONE_1] today")]
    [InlineData("call +41 (0)96 471 07 95.", "call [PHONE_1].")]
    [InlineData("Mein Handy: 0151 23456789", "Mein Handy: [PHONE_1]")]
    [InlineData("my card 4539 1488 0343 6467 was charged", "my card [CARD_1] was charged")]
    [InlineData("my card is 4539148803436467.", "my card is [CARD_1].")]
    [InlineData("Amex 3782 822463 10005 failed", "Amex [CARD_1] failed")]
    [InlineData("IBAN GB29 NWBK 6016 1331 9268 19 was used", "IBAN [IBAN_1] was used")]
    [InlineData("iban de89370400440532013000", "iban [IBAN_1]")]
    [InlineData("my SSN is 460-89-9847", "my SSN is [NATIONALID_1]")]
    [InlineData("my social security number is 460899847", "my social security number is [NATIONALID_1]")]
    [InlineData("NINO AB 12 34 56 C or ab123456c", "NINO [NATIONALID_1] or [NATIONALID_1]")]
    [InlineData("Mi DNI es 12345678Z", "Mi DNI es [NATIONALID_1]")]
    [InlineData("codice fiscale RSSMRA85T10A562S", "codice fiscale [NATIONALID_1]")]
    [InlineData("Steuer-ID 86095742719", "Steuer-ID [NATIONALID_1]")]
    [InlineData("CPF 111.444.777-35", "CPF [NATIONALID_1]")]
    [InlineData("my IP 192.168.10.44 is blocked", "my IP [IPADDRESS_1] is blocked")]
    [InlineData("from 6e40:4041:c617:e898:c11:40d2:c669:2eb4 again", "from [IPADDRESS_1] again")]
    [InlineData("reset: https://shop.example/reset?token=a8f3 thanks", "reset: [SECRETURL_1] thanks")]
    [InlineData("My driver's license number is F162823540116", "My driver's license number is [DRIVERLICENCE_1]")]
    [InlineData("passport X12345678 expired", "passport [PASSPORT_1] expired")]
    [InlineData("my password is hunter2!", "my password is [SECRET_1]")]
    [InlineData("send it to 221B Baker Street, London", "send it to [ADDRESS_1]")]
    [InlineData("send it to 221B Baker Street, London NW1 6XE please", "send it to [ADDRESS_1] please")]
    [InlineData("send it to 221B Baker Street, London, NW1 6XE", "send it to [ADDRESS_1]")]
    [InlineData("send it to 7 Mill Road, Wivenhoe CO7 9AA, thanks", "send it to [ADDRESS_1], thanks")]
    [InlineData("send it to 14 Elm Street, Toronto M5G 1H1", "send it to [ADDRESS_1]")]
    [InlineData("I live near NW1 6XE now", "I live near [ZIP_1] now")]
    [InlineData("wohne in der Lindenstraße 12, 10115 Berlin", "wohne in der [ADDRESS_1]")]
    [InlineData("we live at the corner of Oak Lane and 5th Street now", "we live at [ADDRESS_1] now")]
    [InlineData("send it to 10 P.O. Box 101, please", "send it to [ADDRESS_1], please")]
    [InlineData("I live in Modena 43015 now", "I live in Modena [ZIP_1] now")]
    [InlineData("Mellemvej 32\nAalborg NO 9100", "[ADDRESS_1]\nAalborg NO [ZIP_1]")]
    [InlineData("My name is Jane Doe and I am late", "My name is [PERSON_1] and I am late")]
    [InlineData("my name is jane doe", "my name is [PERSON_1]")]
    [InlineData("This is Robert Kowalski speaking.", "This is [PERSON_1] speaking.")]
    [InlineData("Mein Name ist Jürgen von der Heide.", "Mein Name ist [PERSON_1].")]
    [InlineData("It broke.\n\nKind regards,\nMaría López", "It broke.\n\nKind regards,\n[PERSON_1]")]
    [InlineData("I was born on 4 March 1980", "I was born on [BIRTHDATE_1]")]
    public void Replaces_what_identifies_a_person(string text, string expected) =>
        Assert.Equal(expected, Support.Redact(text, new Placeholders()).Text);

    [Theory]
    [InlineData("Where is order NW-10023?")]
    [InlineData("Order #1001 and order 2012345678 never came.")]
    [InlineData("I was charged $1,299.00 twice on 12 March 2026, total 2598.00 EUR.")]
    [InlineData("The Vega 40 backpack, SKU 778-2210-90, broke after 3 days.")]
    [InlineData("Tracking number 1Z999AA10123456784 shows nothing since 2026-03-01.")]
    [InlineData("My name is not on the list.")]
    [InlineData("I'm Very unhappy. Hi Team, this is Great.")]
    [InlineData("See www.example.com/returns or example.com")]
    [InlineData("the password is wrong and the pin does not work")]
    [InlineData("Version 10.0.4.12 of the app, firmware 1.2.3.4")]
    [InlineData("I was there in Summer 2024, from Monday on")]
    [InlineData("It came\nTotal USD 5000\nthank you")]
    [InlineData("Reference 4539148803436467 on the invoice")]
    public void Leaves_what_an_answer_needs(string text) =>
        Assert.Equal(text, Support.Redact(text, new Placeholders()).Text);

    [Theory]
    [InlineData("jane\u200b.doe@exam\u200dple.com", "[EMAIL_1]")]
    [InlineData("jane＠example．com", "[EMAIL_1]")]
    [InlineData("card ４５３９ １４８８ ０３４３ ６４６７", "card [CARD_1]")]
    [InlineData("card 4539\u20111488\u20110343\u20116467", "card [CARD_1]")]
    [InlineData("card ٤٥٣٩١٤٨٨٠٣٤٣٦٤٦٧", "card [CARD_1]")]
    [InlineData("card 𝟒𝟓𝟑𝟗𝟏𝟒𝟖𝟖𝟎𝟑𝟒𝟑𝟔𝟒𝟔𝟕!", "card [CARD_1]!")]
    [InlineData("😀 jane@example.com 😀", "😀 [EMAIL_1] 😀")]
    public void Sees_through_unicode_tricks(string text, string expected) =>
        Assert.Equal(expected, Support.Redact(text, new Placeholders()).Text);

    [Theory]
    [InlineData("I am 54 years old", PersonalDataType.Age)]
    [InlineData("This 54 year-old man", PersonalDataType.Age)]
    [InlineData("My zip code is 3610-114", PersonalDataType.Zip)]
    [InlineData("https://www.InvestmentInstructor.be/", PersonalDataType.Domain)]
    [InlineData("on 2006-04-07 09:00:27", PersonalDataType.Date)]
    [InlineData("see you Tuesday", PersonalDataType.Date)]
    public void Finds_the_wider_types_when_asked_for_everything(string text, PersonalDataType type) =>
        Assert.Contains(Everything.Find(text), s => s.Type == type);

    [Fact]
    public void Reports_offsets_of_the_original_text()
    {
        const string text = "\u200b😀 ja\u200bne@example.com!";
        var span = Assert.Single(Support.Find(text));
        Assert.Equal("ja\u200bne@example.com", text.Substring(span.Start, span.Length));
    }

    [Fact]
    public void A_card_with_a_wrong_check_digit_is_no_card_unless_it_is_called_one()
    {
        Assert.Empty(Support.Find("number 4539148803436468 on the box"));
        Assert.Equal(PersonalDataType.Card, Assert.Single(Support.Find("card number 4539148803436468")).Type);
    }
}
