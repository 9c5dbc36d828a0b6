using Baton.Privacy;

namespace Baton.Tests.Privacy;

/// <summary>Personal data in the parts of links and forms; the rest of a link stays.</summary>
public sealed class LinkTests
{
    private static readonly Redactor Support = new();

    private static string Redacted(string text) => Support.Redact(text, new Placeholders()).Text;

    [Theory]
    [InlineData("https://shop.example/t?order=NW-10003&mail=jo%40example.org",
        "https://shop.example/t?order=NW-10003&mail=[EMAIL_1]")]
    [InlineData("https://shop.example/t?mail=jo@example.org&order=NW-10003",
        "https://shop.example/t?mail=[EMAIL_1]&order=NW-10003")]
    [InlineData("https://shop.example/t?order=NW-10003&x=jo@example.org",
        "https://shop.example/t?order=NW-10003&x=[EMAIL_1]")]
    [InlineData("https://shop.example/t?order=NW-10003&phone=%2B41446681800",
        "https://shop.example/t?order=NW-10003&phone=[PHONE_1]")]
    [InlineData("https://shop.example/t?phone=0446681800", "https://shop.example/t?phone=[PHONE_1]")]
    [InlineData("https://shop.example/t?q=%2B41446681800", "https://shop.example/t?q=[PHONE_1]")]
    [InlineData("https://shop.example/t?first_name=Jane&last_name=Doe",
        "https://shop.example/t?first_name=[PERSON_1]&last_name=[PERSON_2]")]
    [InlineData("https://shop.example/t?name=Jane+Doe#top", "https://shop.example/t?name=[PERSON_1]#top")]
    [InlineData("see https://shop.example/u/jo%40example.org/orders", "see https://shop.example/u/[EMAIL_1]/orders")]
    [InlineData("https://shop.example/?q=%6a%6f%40%65xample.org", "https://shop.example/?q=[EMAIL_1]")]
    [InlineData("mailto:jo@example.org?subject=hello", "mailto:[EMAIL_1]?subject=hello")]
    [InlineData("mailto:jo%40example.org?cc=al%40example.org", "mailto:[EMAIL_1]?cc=[EMAIL_2]")]
    [InlineData("https://wa.me/41791234567", "https://wa.me/[PHONE_1]")]
    [InlineData("mail=jo%40example.org&phone=0446681800&order=NW-10003",
        "mail=[EMAIL_1]&phone=[PHONE_1]&order=NW-10003")]
    public void Values_of_people_go_and_the_link_stays(string text, string expected) =>
        Assert.Equal(expected, Redacted(text));

    [Theory]
    [InlineData("https://www.maps.example/maps/@47.37,8.54,15z")]
    [InlineData("https://shop.example/orders/NW-10003?page=2&sort=name")]
    [InlineData("https://shop.example/orders/1234567890123")]
    [InlineData("https://shop.example/search?q=50%25+off&name=&size=40")]
    [InlineData("a=b and c=d")]
    [InlineData("The discount is 20%40 or so")]
    public void Other_links_and_equations_stay(string text) => Assert.Equal(text, Redacted(text));

    [Theory]
    [InlineData("https://blog.example/@author/posts"), InlineData("https://shop.example/authors/jane-austen")]
    [InlineData("https://shop.example/books?author=austen"), InlineData("https://port.example/port-authority/fees")]
    [InlineData("https://shop.example/authentic-leather"), InlineData("https://shop.example/presets/winter")]
    [InlineData("https://shop.example/obsession/perfume"), InlineData("https://shop.example/possessions/magical")]
    [InlineData("https://shop.example/help/secretary-desks"), InlineData("https://docs.example/tokenizer")]
    [InlineData("https://shop.example/invited/guests"), InlineData("https://shop.example/t?design=7")]
    public void Leaves_links_whose_words_only_begin_like_secrets(string link) =>
        Assert.DoesNotContain(new Redactor().Find($"see {link} please"), s => s.Type == PersonalDataType.SecretUrl);

    [Theory]
    [InlineData("https://shop.example/t?auth=abc"), InlineData("https://shop.example/oauth/abc")]
    [InlineData("https://shop.example/t?authToken=abc"), InlineData("https://shop.example/t?auth_token=abc")]
    [InlineData("https://shop.example/x?authorization=abc"), InlineData("https://shop.example/auth/abc")]
    [InlineData("https://shop.example/t?AUTH=abc"), InlineData("https://shop.example/t?accessToken=abc")]
    [InlineData("https://shop.example/reset/abc"), InlineData("https://shop.example/passwordreset/abc")]
    [InlineData("https://shop.example/reset-password/abc"), InlineData("https://shop.example/t?sessionId=abc")]
    [InlineData("https://shop.example/t?PHPSESSID=abc"), InlineData("https://shop.example/magic-link/abc")]
    [InlineData("https://shop.example/magiclink/abc"), InlineData("https://shop.example/invite/abc")]
    [InlineData("https://shop.example/t?client_secret=abc"), InlineData("https://shop.example/t?X-Amz-Signature=abc")]
    [InlineData("https://shop.example/t?sig=abc"), InlineData("https://shop.example/verify?code=abc")]
    [InlineData("https://shop.example/authenticate/abc"), InlineData("https://author:abc@shop.example/")]
    public void Finds_links_that_open_something(string link) =>
        Assert.Contains(new Redactor().Find($"see {link} please"), s => s.Type == PersonalDataType.SecretUrl);
}
