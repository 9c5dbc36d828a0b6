using Baton.Privacy;
using Baton.Privacy.Tagging;

namespace Baton.Tests.Privacy;

public sealed class TaggerTests
{
    private static readonly TaggedText[] Texts =
    [
        .. Enumerable.Range(0, 40).Select(i => Sentence("Zorb" + (char)('a' + i % 20), "a parcel came")),
    ];

    private static readonly TaggerTrainerOptions Small = new() { Rows = 1 << 12, Passes = 8 };

    private static TaggedText Sentence(string name, string rest) =>
        new($"yesterday {name} said {rest}", [new PersonalSpan(10, name.Length, PersonalDataType.Person, 1)]);

    private static TaggerModel Trained() => TaggerTrainer.Train([.. Texts.Select(t =>
        TaggerExamples.From(t, complete: true))], plain: null, Small);

    [Fact]
    public void Learns_names_from_their_surroundings()
    {
        var redactor = new Redactor(RedactionProfile.Everything, Trained());
        var span = Assert.Single(redactor.Find("yesterday Quilm said a parcel came"));
        Assert.Equal((10, 5, PersonalDataType.Person), (span.Start, span.Length, span.Type));
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights() =>
        Assert.Equal(Trained().Weights, Trained().Weights);

    [Fact]
    public void Survives_being_saved()
    {
        var model = Trained();
        using var stream = new MemoryStream();
        model.Save(stream);
        stream.Position = 0;
        var loaded = TaggerModel.Load(stream);
        Assert.Equal(model.Weights, loaded.Weights);
        Assert.Equal(model.Transitions, loaded.Transitions);
    }

    [Fact]
    public void Refuses_a_file_that_is_cut_short()
    {
        using var stream = new MemoryStream();
        Trained().Save(stream);
        Assert.ThrowsAny<Exception>(() => TaggerModel.Load(new MemoryStream(stream.ToArray()[..200])));
    }

    [Theory]
    [InlineData("Please tell Katarzyna Wiśniewska that it arrived.", "Katarzyna Wiśniewska", PersonalDataType.Person)]
    [InlineData("I bought it in Ljubljana last week.", "Ljubljana", PersonalDataType.Place)]
    [InlineData("The letter went to 17 Bramblewood Lane, Oakhurst 30511.", "17 Bramblewood Lane, Oakhurst 30511",
        PersonalDataType.Address)]
    [InlineData("She works at Hartmann & Sons Ltd.", "Hartmann & Sons Ltd", PersonalDataType.Organisation)]
    public void The_shipped_weights_know_names_places_and_addresses(string text, string value, PersonalDataType type) =>
        Assert.Contains(new Redactor(RedactionProfile.Everything).Find(text), s =>
            text.Substring(s.Start, s.Length) == value && s.Type == type);

    [Theory]
    [InlineData("I work for Brandexo since May.", "Brandexo", PersonalDataType.Organisation)]
    [InlineData("Dr. Okonkwo called again.", "Dr.", PersonalDataType.Title)]
    [InlineData("Dr. Okonkwo called again.", "Okonkwo", PersonalDataType.Person)]
    public void Names_of_several_words_and_with_titles_are_taken_apart_rightly(
        string text, string value, PersonalDataType type) =>
        Assert.Contains(new Redactor(RedactionProfile.Everything).Find(text), s =>
            text.Substring(s.Start, s.Length) == value && s.Type == type);

    [Fact]
    public void Words_are_plain_when_they_are_written_small_and_rarely_personal()
    {
        var words = new PlainWords();
        for (var i = 0; i < 3; i++) words.Add("the parcel of Brandexo was late, Parcel");
        var model = new TaggerModel(1, new sbyte[TagLabels.Width], 1, new float[TagLabels.Width * TagLabels.Width],
            words.Hashes());
        Assert.True(model.IsPlain(Baton.Privacy.Finding.Lexicon.Hash("parcel")));
        Assert.False(model.IsPlain(Baton.Privacy.Finding.Lexicon.Hash("brandexo")));
    }

    [Theory]
    [InlineData("Where is my Summit Pro tent, order NW-10023?")]
    [InlineData("The zipper of the Ridge Trail Jacket broke, can I get a refund?")]
    [InlineData("How do I return the Vega 40 Backpack in Blue?")]
    [InlineData("I paid with Visa on Monday and still have no confirmation.")]
    public void The_default_profile_does_not_take_products_for_people(string text) =>
        Assert.Empty(new Redactor().Find(text));
}
