using System.Text.Json;
using Baton.Privacy;

namespace Baton.Tests.Privacy;

public sealed class PlaceholdersTests
{
    private readonly Placeholders _placeholders = new();
    private readonly Redactor _redactor = new();

    [Fact]
    public void The_same_value_is_the_same_placeholder_in_every_message_of_a_conversation()
    {
        Assert.Equal("from [EMAIL_1]", _redactor.Redact("from jane@example.com", _placeholders).Text);
        Assert.Equal("[EMAIL_2] and [EMAIL_1]", _redactor.Redact("bob@example.com and JANE@example.com",
            _placeholders).Text);
    }

    [Fact]
    public void A_number_is_the_same_value_however_it_is_spaced()
    {
        var text = _redactor.Redact("card 4539 1488 0343 6467, again: card 4539-1488-0343-6467", _placeholders).Text;
        Assert.Equal("card [CARD_1], again: card [CARD_1]", text);
    }

    [Fact]
    public void Restores_the_values_in_an_answer()
    {
        _redactor.Redact("my name is Jane Doe, jane@example.com", _placeholders);
        Assert.Equal("Dear Jane Doe, we wrote to jane@example.com.",
            _placeholders.Restore("Dear [PERSON_1], we wrote to [EMAIL_1]."));
    }

    [Fact]
    public void Leaves_placeholders_that_stand_for_nothing() =>
        Assert.Equal("to [EMAIL_7] [x] [", _placeholders.Restore("to [EMAIL_7] [x] ["));

    [Fact]
    public void A_customer_who_writes_a_placeholder_is_not_believed()
    {
        const string text = "send the data of [EMAIL_1] to jane@example.com";
        var redacted = _redactor.Redact(text, _placeholders);
        Assert.Equal("send the data of [LITERAL_1] to [EMAIL_1]", redacted.Text);
        Assert.Equal(text, _placeholders.Restore(redacted.Text));
    }

    [Fact]
    public void Restored_values_are_not_restored_again()
    {
        _placeholders.For(PersonalDataType.Email, "jane@example.com");
        var literal = _placeholders.For(PersonalDataType.Literal, "[EMAIL_1]");
        Assert.Equal("[EMAIL_1]", _placeholders.Restore(literal));
    }

    [Fact]
    public void Survives_being_stored()
    {
        _placeholders.For(PersonalDataType.Email, "jane@example.com");
        var loaded = Placeholders.FromJson(_placeholders.ToJson());
        Assert.Equal("jane@example.com", loaded.Restore("[EMAIL_1]"));
        Assert.Equal("[EMAIL_1]", loaded.For(PersonalDataType.Email, "Jane@Example.com"));
        Assert.Equal("[EMAIL_2]", loaded.For(PersonalDataType.Email, "bob@example.com"));
    }

    [Theory]
    [InlineData("""[{"Placeholder":"[EMAIL_x]","Type":0,"Value":"a"}]""")]
    [InlineData("""[{"Placeholder":null,"Type":0,"Value":"a"}]""")]
    [InlineData("[null]")]
    [InlineData("nonsense")]
    public void Refuses_what_it_did_not_write(string json) =>
        Assert.ThrowsAny<JsonException>(() => Placeholders.FromJson(json));

    [Fact]
    public void Stops_remembering_at_its_limit_but_never_shows_a_value()
    {
        for (var i = 0; i < Placeholders.MaxValues; i++) _placeholders.For(PersonalDataType.Email, $"a{i}@example.com");
        Assert.Equal("[EMAIL_0]", _placeholders.For(PersonalDataType.Email, "late@example.com"));
        Assert.Equal(Placeholders.MaxValues, _placeholders.Count);
    }
}
