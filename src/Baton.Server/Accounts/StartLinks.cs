using Baton.People;
using Baton.People.SignIn;

namespace Baton.Server.Accounts;

/// <summary>
/// The links that a start prints: for the first admin, while there is nobody, or for the lead of the demo.
/// </summary>
internal sealed class StartLinks(PeopleStore people, PersonLinks links)
{
    private const string By = "start";

    /// <summary>A line to print, or null when somebody is there already.</summary>
    /// <param name="address">Where the console is, without a slash at its end.</param>
    public async Task<string?> LineAsync(string address, bool demo, CancellationToken cancellationToken)
    {
        var team = people.List();
        if (demo && DemoTeam.Lead(team) is { } lead)
            return $"Demo team: {address}{await links.MakeAsync(LinkPurpose.SignIn, lead.Id, PersonLinks.StartLife, By, cancellationToken)}   (once; signs you in as {lead.Name}, the lead)";
        return team.Count > 0
            ? null
            : $"First admin: {address}{await links.MakeAsync(LinkPurpose.FirstAdmin, null, PersonLinks.StartLife, By, cancellationToken)}   (once, within a day; makes your account)";
    }
}
