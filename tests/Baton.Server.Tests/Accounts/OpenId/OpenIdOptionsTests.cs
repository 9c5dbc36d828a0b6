using Baton.Operations;
using Baton.People;
using Baton.Server.Accounts.OpenId;
using Microsoft.Extensions.Configuration;

namespace Baton.Server.Tests.Accounts.OpenId;

public sealed class OpenIdOptionsTests
{
    [Theory]
    [InlineData("it", PersonRole.Admin)]
    [InlineData("support", PersonRole.Agent)]
    [InlineData("support it", PersonRole.Admin)]
    [InlineData("heads support", PersonRole.Lead)]
    [InlineData("staff", PersonRole.Viewer)]
    [InlineData("IT", null)]
    [InlineData("i", null)]
    [InlineData("", null)]
    internal void Gives_the_highest_role_of_the_groups(string groups, PersonRole? role)
    {
        var options = new OpenIdOptions { Admins = "it", Leads = "leads, heads", Agents = "support",
            Viewers = "staff" };

        Assert.Equal(role, options.RoleOf(groups.Split(' ')));
    }

    [Theory]
    [InlineData("http://id.example", "baton", "it", "OpenId__Authority")]
    [InlineData("https://id.example", "", "it", "OpenId__ClientId")]
    [InlineData("https://id.example", "baton", "", "OpenId__Admins")]
    [InlineData("id.example", "baton", "it", "OpenId__Authority")]
    [InlineData("https://id.example", "baton", "it", null)]
    [InlineData("http://127.0.0.1:9000", "baton", "it", null)]
    [InlineData("", "", "", null)]
    public void Refuses_what_could_let_nobody_in(string authority, string client, string admins, string? setting)
    {
        var problem = Record.Exception(() =>
        {
            var reader = new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection(
                [new("Baton:OpenId:Authority", authority), new("Baton:OpenId:ClientId", client),
                    new("Baton:OpenId:Admins", admins)]).Build());
            reader.Read("OpenId", new OpenIdOptions());
            reader.CloseSections();
        });

        if (setting is null) Assert.Null(problem);
        else Assert.Contains("BATON__" + setting, problem?.Message, StringComparison.Ordinal);
    }
}
