using Baton.Privacy;

namespace Baton.Tests.Privacy;

public sealed class SecretTests
{
    private const string Letters = "abcdefghij0123456789ABCDEFGHIJ0123456789abc";

    private static readonly Redactor Support = new();

    private static string Redacted(string text) => Support.Redact(text, new Placeholders()).Text;

    [Theory]
    [InlineData("my password is Blue$Horse77 please", "my password is [SECRET_1] please")]
    [InlineData("my password is blue$Horse77 please", "my password is [SECRET_1] please")]
    [InlineData("my password is 7horses&run please", "my password is [SECRET_1] please")]
    [InlineData("my password is Tr0ub4dor&3 please", "my password is [SECRET_1] please")]
    [InlineData("my password is Ab(c)d9 please", "my password is [SECRET_1] please")]
    [InlineData("(my password is Abcd9!x)", "(my password is [SECRET_1])")]
    [InlineData("my password is Xy%20Zz9 please", "my password is [SECRET_1] please")]
    [InlineData("my password is Ab/cd/99 please", "my password is [SECRET_1] please")]
    [InlineData("my password is Swordfish please", "my password is [SECRET_1] please")]
    [InlineData("password: \"correct horse battery\" ok", "password: \"[SECRET_1]\" ok")]
    [InlineData("password: “correct horse battery” ok", "password: “[SECRET_1]” ok")]
    [InlineData("password is 'it is 9' ok", "password is '[SECRET_1]' ok")]
    [InlineData("Password: blue dog 42!\nThanks", "Password: [SECRET_1]\nThanks")]
    [InlineData("passphrase: correct horse battery staple", "passphrase: [SECRET_1]")]
    [InlineData("login robin, pw: hunter", "login robin, pw: [SECRET_1]")]
    [InlineData("password=hunter2;", "password=[SECRET_1];")]
    [InlineData("password -> hunter2", "password -> [SECRET_1]")]
    [InlineData("I changed my password to hunter2.", "I changed my password to [SECRET_1].")]
    [InlineData("password hunter2 does not work", "password [SECRET_1] does not work")]
    [InlineData("mein Kennwort lautet Bl4u$haus", "mein Kennwort lautet [SECRET_1]")]
    [InlineData("Passwort: Blauhaus", "Passwort: [SECRET_1]")]
    [InlineData("mon mot de passe est Bleu$77", "mon mot de passe est [SECRET_1]")]
    [InlineData("mi contraseña es Azul77", "mi contraseña es [SECRET_1]")]
    [InlineData("mijn wachtwoord is Blauw77", "mijn wachtwoord is [SECRET_1]")]
    public void Takes_a_password_whole(string text, string expected) => Assert.Equal(expected, Redacted(text));

    [Theory]
    [InlineData("the password is wrong")]
    [InlineData("my password is NOT working")]
    [InlineData("the password: reset it please")]
    [InlineData("password: it doesn't work")]
    [InlineData("password is ********")]
    [InlineData("it se passe : rien de neuf")]
    [InlineData("the key is under the mat")]
    [InlineData("my promo code is SAVE20")]
    [InlineData("error code: 448812")]
    [InlineData("I booked a basic subscription for the bearer of this mail")]
    [InlineData("this is a task-oriented risk-free disk-based product with AC power")]
    public void Leaves_sentences_about_passwords_keys_and_codes_alone(string text) =>
        Assert.Equal(text, Redacted(text));

    [Theory]
    [InlineData("my one-time code is 448812", "my one-time code is [SECRET_1]")]
    [InlineData("my one-time code is 448 812.", "my one-time code is [SECRET_1].")]
    [InlineData("verification code: G-448812", "verification code: G-[SECRET_1]")]
    [InlineData("the security code 737 was refused", "the security code [SECRET_1] was refused")]
    [InlineData("cvc is 737", "cvc is [SECRET_1]")]
    [InlineData("CVV: 7371", "CVV: [SECRET_1]")]
    [InlineData("otp 448812", "otp [SECRET_1]")]
    [InlineData("mein PIN lautet 4488", "mein PIN lautet [SECRET_1]")]
    public void Takes_one_time_and_card_security_codes(string text, string expected) =>
        Assert.Equal(expected, Redacted(text));

    // Assembled here, so that no scanner takes them for real keys.
    [Theory]
    [InlineData("s", "k-proj-")]
    [InlineData("s", "k-ant-")]
    [InlineData("s", "k-")]
    [InlineData("A", "Iza")]
    [InlineData("g", "lpat-")]
    [InlineData("g", "ithub_pat_")]
    [InlineData("g", "hp_")]
    [InlineData("g", "ho_")]
    [InlineData("g", "hs_")]
    [InlineData("x", "oxb-")]
    [InlineData("x", "oxp-")]
    [InlineData("b", "k_")]
    [InlineData("b", "t_")]
    [InlineData("s", "k_live_")]
    [InlineData("r", "k_live_")]
    [InlineData("w", "hsec_")]
    [InlineData("n", "pm_")]
    [InlineData("h", "f_")]
    [InlineData("e", "yJ")]
    public void Takes_keys_by_their_beginning(string first, string rest) =>
        Assert.Equal("here: [SECRET_1].", Redacted($"here: {first}{rest}{Letters}."));

    [Fact]
    public void Takes_keys_of_a_fixed_form()
    {
        var hex = string.Concat(Enumerable.Repeat("0a1b2c3d", 4));
        Assert.Equal("id [SECRET_1]", Redacted("id AK" + "IA0123456789ABCDEF"));
        Assert.Equal("id [SECRET_1]", Redacted("id AS" + "IA0123456789ABCDEF"));
        Assert.Equal("sid [SECRET_1]", Redacted("sid A" + "C" + hex));
        Assert.Equal("sid [SECRET_1]", Redacted("sid S" + "K" + hex));
        Assert.Equal("key [SECRET_1]", Redacted("key S" + "G." + Letters[..22] + "." + Letters));
    }

    [Fact]
    public void Takes_announced_keys_and_headers()
    {
        Assert.Equal("aws_secret_access_key = [SECRET_1]", Redacted("aws_secret_access_key = wJ/K7M+" + Letters));
        Assert.Equal("client secret: [SECRET_1]", Redacted("client secret: " + Letters));
        Assert.Equal("API key is [SECRET_1].", Redacted($"API key is {Letters}."));
        Assert.Equal("Authorization: Bearer [SECRET_1]", Redacted("Authorization: Bearer " + Letters));
        Assert.Equal("Authorization: Basic [SECRET_1]", Redacted("Authorization: Basic cm9iaW46" + "Ymx1ZTc3"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("RSA ")]
    [InlineData("EC ")]
    [InlineData("OPENSSH ")]
    public void Takes_private_keys_whole(string kind)
    {
        var (head, foot) = ($"-----BEGIN {kind}PRI" + "VATE KEY-----", $"-----END {kind}PRI" + "VATE KEY-----");
        Assert.Equal("it is [SECRET_1] ok", Redacted($"it is {head}\nMIIEvQIB\nADANBgkq\n{foot} ok"));
        Assert.Equal("it is [SECRET_1]", Redacted($"it is {head}\nMIIEvQIB\nADANBgkq"));
    }

    [Fact]
    public void Leaves_public_certificates_alone()
    {
        const string Text = "-----BEGIN CERTIFICATE-----\nMIIEvQIB\n-----END CERTIFICATE-----";
        Assert.Equal(Text, Redacted(Text));
    }
}
