using Baton.Evaluation.Measurements;
using Baton.Privacy;

namespace Baton.Tests.Evaluation.Measurements;

public sealed class RedactionMeasurementTests
{
    private static readonly LabelledText Text = new("😀 Jane Doe lives in Rome",
        [new(2, 10, "person"), new(20, 24, "GPE")]);

    private static Baton.Evaluation.Figures Measure(LabelledText text, params PersonalSpan[] found) =>
        RedactionMeasurement.Measure([text], _ => found, []);

    [Fact]
    public void Labels_count_code_points_and_findings_utf16_units()
    {
        var figures = Measure(Text, new(3, 8, PersonalDataType.Person, 1), new(21, 4, PersonalDataType.Place, 1));
        Assert.Equal(1, figures["precision"]);
        Assert.Equal(1, figures["recall"]);
        Assert.Equal(0, figures["leak_rate"]);
    }

    [Fact]
    public void A_token_counts_only_with_the_right_type_but_does_not_leak_with_a_wrong_one()
    {
        var figures = Measure(Text, new(3, 8, PersonalDataType.Place, 1), new(21, 4, PersonalDataType.Place, 1));
        Assert.Equal(1 / 3.0, figures["recall"], 6);
        Assert.Equal(1 / 3.0, figures["precision"], 6);
        Assert.Equal(0, figures["leak_rate"]);
    }

    [Fact]
    public void The_leak_rate_is_the_share_of_personal_characters_left()
    {
        var figures = Measure(Text, new PersonalSpan(3, 4, PersonalDataType.Person, 1));
        Assert.Equal(7 / 11.0, figures["leak_rate"], 6);
    }

    [Fact]
    public void F2_weighs_recall_four_times()
    {
        var figures = Measure(Text, new PersonalSpan(3, 4, PersonalDataType.Person, 1));
        Assert.Equal(5.0 / (4 * 3 + 1), figures["f2"], 6);
    }

    [Fact]
    public void Types_the_data_never_labels_and_labels_that_mean_nothing_to_baton_count_neither_way()
    {
        var text = new LabelledText("Jane has a Widget on Monday", [new(0, 4, "person"), new(11, 17, "product")]);
        var figures = Measure(text, new(0, 4, PersonalDataType.Person, 1), new(11, 6, PersonalDataType.Person, 1),
            new(21, 6, PersonalDataType.Date, 1));
        Assert.Equal(1, figures["precision"]);
        Assert.Equal(1, figures["recall"]);
    }

    [Fact]
    public void Only_the_types_asked_for_are_compared()
    {
        var found = new PersonalSpan(3, 8, PersonalDataType.Person, 1);
        var figures = RedactionMeasurement.Measure([Text], _ => [found], ["PERSON"]);
        Assert.Equal(1, figures["recall"]);
        Assert.Equal("PERSON", Assert.Single(figures.Groups.Single(g => g.Name == "types").Figures.Groups).Name);
    }
}
