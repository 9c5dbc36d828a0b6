using Baton.People;

namespace Baton.Tests.People;

public sealed class PeopleFileTests
{
    [Fact]
    public void Reads_a_team()
    {
        var people = Read(
            """
            name,email,role,queues,skills,languages,capacity,time_zone
            "Lee, Ann",Ann@example.com,lead,billing l1,refunds:7 german,de en,8,Europe/Berlin
            Ben,ben@example.com,,,,,,
            """);

        Assert.Equal(("Lee, Ann", "ann@example.com", PersonRole.Lead, 8, "Europe/Berlin"),
            (people[0].Name, people[0].Email, people[0].Role, people[0].Capacity, people[0].TimeZone));
        Assert.Equal(["billing", "l1"], people[0].Queues);
        Assert.Equal([("german", PeopleFile.UsualLevel), ("refunds", 7)],
            people[0].Skills.Select(s => (s.Key, s.Value)).Order());
        Assert.Equal(new PersonDetails { Name = "Ben", Email = "" }.Capacity, people[1].Capacity);
        Assert.Equal(PersonRole.Agent, people[1].Role);
    }

    [Theory]
    [InlineData("email;name\nben@example.com;Ben")]
    [InlineData("email\tname\r\nben@example.com\tBen\r\n")]
    [InlineData("email,name\n\"ben@example.com\",\"Ben\"")]
    [InlineData("email,name\n ben@example.com , Ben ")]
    public void Reads_what_other_programs_write(string text) => Assert.Equal("Ben", Assert.Single(Read(text)).Name);

    [Theory]
    [InlineData("name,mail\nBen,ben@example.com", "line 1: column 'mail' is unknown; did you mean 'email'")]
    [InlineData("name\nBen", "line 1: column 'email' is missing")]
    [InlineData("name,email\nBen,ben", "line 2: e-mail 'ben'")]
    [InlineData("name,email,role\nBen,ben@example.com,boss", "line 2: role 'boss': use viewer, agent, lead, admin")]
    [InlineData("name,email,capacity\nBen,ben@example.com,many", "line 2: capacity 'many'")]
    [InlineData("name,email,skills\nBen,ben@example.com,refunds:high", "line 2: skill 'refunds:high'")]
    [InlineData("name,email\nBen,ben@example.com\nBea,BEN@example.com",
        "line 3: e-mail 'ben@example.com' is on line 2")]
    [InlineData("name,email\nBen,ben@example.com,more", "no CSV file")]
    [InlineData("", "line 1: column 'name' is missing")]
    public void Says_what_is_wrong_where(string text, string said)
    {
        var (people, problems) = PeopleFile.Read(new StringReader(text));

        Assert.Empty(people);
        Assert.Contains(said, problems[0], StringComparison.Ordinal);
    }

    private static IReadOnlyList<PersonDetails> Read(string text)
    {
        var (people, problems) = PeopleFile.Read(new StringReader(text));
        Assert.Empty(problems);
        return people;
    }
}
