using System.Text;
using Baton.Channels;
using Baton.Channels.HubSpot;
using Baton.Channels.Jira;
using Baton.Channels.Linear;
using Baton.Channels.Salesforce;
using Baton.Testing.Conformance;
using Baton.Testing.Vendors;

namespace Baton.Tests.Channels.Trackers;

/// <summary>Systems that get copies; a class for each, because each inherits the whole suite.</summary>
public abstract class TrackerTests : TrackerConformance
{
    protected static TimeSpan Patience => TimeSpan.FromSeconds(5);
}

public sealed class LinearChannelTests : TrackerTests
{
    protected override StandInTracker NewStandIn() => new StandInLinear();

    protected override IChannel SetUp(StandInTracker there) => new LinearChannel(new ChannelOptions
    {
        Linear = new LinearOptions
        {
            Url = there.Address, ApiKey = StandInTracker.Token, TeamId = "team-1", AllowPrivate = true,
                Timeout = Patience,
        },
    }, TimeProvider.System);

    protected override VendorResponse TooMany() => StandInLinear.TooMany();

    [Fact]
    public void Makes_the_id_of_an_issue_from_its_key_in_the_form_the_vendor_wants()
    {
        Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
            LinearChannel.Id("T-1"));
        Assert.Equal(LinearChannel.Id("T-1"), LinearChannel.Id("T-1"));
        Assert.NotEqual(LinearChannel.Id("T-1"), LinearChannel.Id("T-2"));
    }
}

public sealed class JiraChannelTests : TrackerTests
{
    protected override StandInTracker NewStandIn() => new StandInJira();

    protected override IChannel SetUp(StandInTracker there) => new JiraChannel(new ChannelOptions
    {
        Jira = new JiraOptions
        {
            Url = there.Address, Email = StandInJira.Email, Token = StandInTracker.Token, Project = "ENG",
            AllowPrivate = true, Timeout = Patience,
        },
    }, TimeProvider.System);

    [Fact]
    public void Writes_a_paragraph_for_each_line_and_none_that_is_empty() => Assert.Equal(
        """{"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"type":"text","text":"a"}]},{"type":"paragraph","content":[{"type":"text","text":"b"}]}]}""",
        JiraChannel.Document("a\r\n\n\nb\n").ToJsonString());
}

public sealed class SalesforceChannelTests : TrackerTests
{
    protected override bool MayHavePersonalData => true;

    protected override StandInTracker NewStandIn() => new StandInSalesforce();

    protected override IChannel SetUp(StandInTracker there) => new SalesforceChannel(new ChannelOptions
    {
        Salesforce = new SalesforceOptions
        {
            Url = there.Address, ClientId = StandInTracker.ClientId, ClientSecret = StandInTracker.ClientSecret,
            Owners = "billing=00G000000000001", AllowPrivate = true, Timeout = Patience,
        },
    }, TimeProvider.System);

    /// <summary>The limit comes as 403.</summary>
    protected override VendorResponse TooMany() =>
        new(403, """[{"message":"TotalRequests Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]""");

    [Fact]
    public async Task Cuts_a_comment_at_the_vendors_bytes_names_the_owner_and_runs_no_rules()
    {
        await Writes_a_further_handoff_once_to_the_one_there_is();

        Assert.All(There.Written, w => Assert.InRange(Encoding.UTF8.GetByteCount(w), 1, 4_000));
        Assert.All(There.Created.Values, c => Assert.Equal("00G000000000001", c.GetProperty("OwnerId").GetString()));
        Assert.False(((StandInSalesforce)There).WasReassigned);
    }
}

public sealed class HubSpotChannelTests : TrackerTests
{
    protected override bool MayHavePersonalData => true;

    protected override StandInTracker NewStandIn() => new StandInHubSpot();

    protected override IChannel SetUp(StandInTracker there) => new HubSpotChannel(new ChannelOptions
    {
        HubSpot = new HubSpotOptions
        {
            Url = there.Address, Token = StandInTracker.Token, Owners = "billing=77", AllowPrivate = true,
                Timeout = Patience,
        },
    }, TimeProvider.System);

    [Fact]
    public async Task Names_stage_priority_and_owner()
    {
        await Creates_one_however_often_it_is_told_to();

        var ticket = Assert.Single(There.Created).Value;
        Assert.Equal(("1", "HIGH", "77"), (ticket.GetProperty("hs_pipeline_stage").GetString(),
            ticket.GetProperty("hs_ticket_priority").GetString(), ticket.GetProperty("hubspot_owner_id").GetString()));
    }
}
