using Baton.Privacy;

namespace Baton.Tests.Privacy;

public sealed class CardTests
{
    private static readonly Redactor Support = new();

    private static string Redacted(string text) => Support.Redact(text, new Placeholders()).Text;

    [Theory]
    [InlineData("charged twice on my card #4012888888881881", "charged twice on my card #[CARD_1]")]
    [InlineData("charged twice on my card # 4012888888881881", "charged twice on my card # [CARD_1]")]
    [InlineData("charged on Visa-4012888888881881", "charged on Visa-[CARD_1]")]
    [InlineData("charged on cc_4012888888881881", "charged on cc_[CARD_1]")]
    [InlineData("charged on card 4012888888881881x", "charged on card [CARD_1]x")]
    [InlineData("charged on card4012888888881881", "charged on card[CARD_1]")]
    [InlineData("see https://e.example/p?pan=4012888888881881", "see https://e.example/p?pan=[CARD_1]")]
    [InlineData("see https://e.example/p/4012-8888-8888-1881/x", "see https://e.example/p/[CARD_1]/x")]
    [InlineData("pan=4012888888881881&amount=12", "pan=[CARD_1]&amount=12")]
    [InlineData("on 4012;8888;8888;1881", "on [CARD_1]")]
    [InlineData("on 4012,8888,8888,1881", "on [CARD_1]")]
    [InlineData("on 4012, 8888, 8888, 1881", "on [CARD_1]")]
    [InlineData("on 4012+8888+8888+1881", "on [CARD_1]")]
    [InlineData("on 4012/8888/8888/1881", "on [CARD_1]")]
    [InlineData("on 4012|8888|8888|1881", "on [CARD_1]")]
    [InlineData("on 4012 - 8888 - 8888 - 1881", "on [CARD_1]")]
    [InlineData("on 4012_8888_8888_1881", "on [CARD_1]")]
    [InlineData("on 4012.8888.8888.1881", "on [CARD_1]")]
    [InlineData("on *4012* *8888* *8888* *1881*", "on *[CARD_1]*")]
    [InlineData("on 4012&nbsp;8888&nbsp;8888&nbsp;1881", "on [CARD_1]")]
    [InlineData("on 4012\u00a08888\u20098888\u202f1881", "on [CARD_1]")]
    [InlineData("on 4012 8888\n8888 1881", "on [CARD_1]")]
    [InlineData("my card 40128888\n88881881", "my card [CARD_1]")]
    [InlineData("my card 401288\r\n8888881881", "my card [CARD_1]")]
    [InlineData("my card 4 0 1 2 8 8 8 8 8 8 8 8 1 8 8 1", "my card [CARD_1]")]
    [InlineData("on 4-0-1-2-8-8-8-8-8-8-8-8-1-8-8-1.", "on [CARD_1].")]
    [InlineData("on ４０１２ ８８８８ ８８８８ １８８１", "on [CARD_1]")]
    [InlineData("on ٤٠١٢٨٨٨٨٨٨٨٨١٨٨١", "on [CARD_1]")]
    [InlineData("on 4012\u200b8888\u00ad8888\u20601881", "on [CARD_1]")]
    [InlineData("3 items, 4012 8888 8888 1881, 2 days", "3 items, [CARD_1], 2 days")]
    [InlineData("order 12345 4012 8888 8888 1881", "order 12345 [CARD_1]")]
    [InlineData("Charge my card. Number is 4222222222222", "Charge my card. Number is [CARD_1]")]
    [InlineData("please change the size in my order. write to 4012888888881881",
        "please change the size in my order. write to [CARD_1]")]
    [InlineData("about my order! Use 4012888888881881", "about my order! Use [CARD_1]")]
    [InlineData("my order NW-10003 was charged to 4012888888881881", "my order NW-10003 was charged to [CARD_1]")]
    public void Finds_a_card_however_its_digits_are_set_apart(string text, string expected) =>
        Assert.Equal(expected, Redacted(text));

    [Theory]
    [InlineData("4222222222222")]
    [InlineData("30569309025904")]
    [InlineData("378282246310005")]
    [InlineData("5555555555554444")]
    [InlineData("2223003122003222")]
    [InlineData("6011111111111117")]
    [InlineData("3530111333300000")]
    [InlineData("6205500000000000004")]
    public void Finds_announced_cards_of_every_length(string card) =>
        Assert.Equal("my card is [CARD_1] ok", Redacted($"my card is {card} ok"));

    [Theory]
    [InlineData("378282246310005")]
    [InlineData("5555555555554444")]
    [InlineData("2223003122003222")]
    [InlineData("6011111111111117")]
    [InlineData("3530111333300000")]
    [InlineData("6205500000000000004")]
    [InlineData("30569309025904")]
    public void Finds_the_issuers_own_forms_without_a_word_about_cards(string card) =>
        Assert.Equal("look: [CARD_1] ok", Redacted($"look: {card} ok"));

    [Theory]
    [InlineData("card 4012888888881881 exp 09/27 cvv 737", "card [CARD_1] exp [SECRET_1] cvv [SECRET_2]")]
    [InlineData("4012 8888 8888 1881 09/27 737", "[CARD_1] [SECRET_1] [SECRET_2]")]
    [InlineData("4012 8888 8888 1881, valid thru 09/2027", "[CARD_1], valid thru [SECRET_1]")]
    public void Takes_what_stands_beside_a_card(string text, string expected) => Assert.Equal(expected, Redacted(text));

    [Theory]
    [InlineData("5682752174888")]
    [InlineData("296534595662546")]
    [InlineData("5021321232312")]
    [InlineData("log time 1748503543012 please check")]
    [InlineData("log time 1748503543012345 please check")]
    [InlineData("my card was charged at 1748503543012")]
    [InlineData("at 2026-11-29 13:24:05.123 and 2026-11-30 10:00:00")]
    [InlineData("my card was charged on 29.11.2026 13.24.11")]
    [InlineData("order 4012888888881881 has not come")]
    [InlineData("order no. 4012888888881881 has not come")]
    [InlineData("Order nr. 4012888888881881")]
    [InlineData("tracking number: 4012888888881881")]
    [InlineData("parcel 1Z4012888888881881")]
    [InlineData("USPS 9400111899223197428490")]
    [InlineData("the value 0.4012888888881881 is odd")]
    [InlineData("my card ending in 1881 and **** **** **** 1881")]
    [InlineData("card ending 4012, exp soon")]
    [InlineData("sizes 4012, 8888, 8888, 1882")]
    [InlineData("a hash 9f4b0128888888818c1")]
    public void Leaves_time_stamps_order_ids_and_tracking_numbers_alone(string text) =>
        Assert.Equal(text, Redacted(text));
}
