using Baton.Server.Cli;
using Baton.Server.Cli.Measuring;

namespace Baton.Server.Tests.Cli;

public sealed class ToneLinesTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    private List<ToneLine> Read(string text, string label, params string[] lines)
    {
        File.WriteAllLines(_file, lines);
        return new ToneLines(text, label).Read([_file]);
    }

    [Fact]
    public void Reads_a_text_and_a_word() =>
        Assert.Equal([new ToneLine("bad", "negative", null)],
            Read("text", "sentiment", """{"text":"bad","sentiment":"negative"}"""));

    [Fact]
    public void Joins_what_the_customer_wrote_in_a_dialogue() =>
        Assert.Equal([new ToneLine("one\n\ntwo", "", 7)], Read("messages", "satisfaction",
            """{"messages":[{"who":"customer","text":"one"},{"who":"agent","text":"no"},"""
            + """{"who":"customer","text":"two"}],"satisfaction":7}"""));

    [Fact]
    public void Takes_labelled_messages_one_by_one_and_averages_raters() =>
        Assert.Equal([new ToneLine("one", "", 2.5)], Read("turns", "satisfaction",
            """{"turns":[{"who":"user","text":"one","satisfaction":[2,3]},{"who":"agent","text":"no"},"""
            + """{"who":"user","text":"two"}]}"""));

    [Fact]
    public void Ordered_words_are_numbers_and_name_urgency()
    {
        var line = Assert.Single(Read("body", "priority", """{"body":"x","priority":"High"}"""));

        Assert.Equal(3, line.Number);
        Assert.True(new ToneLines("body", "priority").IsUrgency);
    }

    [Fact]
    public void Leaves_out_lines_without_a_value() =>
        Assert.Empty(Read("text", "satisfaction", """{"text":"x","satisfaction":null}"""));

    [Theory]
    [InlineData("""{"sentiment":"negative"}""", "no field 'text'")]
    [InlineData("""{"text":"x"}""", "no field 'sentiment'")]
    [InlineData("""{"text":"x","sentiment":{}}""", "expected a word, a number or a list of numbers")]
    [InlineData("""{"text":5,"sentiment":"negative"}""", "text")]
    [InlineData("not json", "not JSON")]
    public void Says_what_is_wrong_with_a_line(string line, string message) =>
        Assert.Contains(message, Assert.Throws<CliError>(() => Read("text", "sentiment", line)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void An_unknown_sentiment_is_refused() =>
        Assert.Throws<CliError>(() => new ToneLines("text", "sentiment").Polarity(new ToneLine("x", "grumpy", null)));
}
