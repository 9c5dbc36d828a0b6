using TriggerTable = Baton.Escalation.Triggers.Triggers;

namespace Baton.Tests.Escalation;

/// <summary>Whoever was hurt writes in their own language.</summary>
public sealed class InjuryWordsTests
{
    [Theory]
    [InlineData("Beim Klettern ist das Seil gerissen und mein Sohn hat sich den Arm gebrochen.", true)]
    [InlineData("Der Kocher ist explodiert, ich habe mir die Hand verbrannt.", true)]
    [InlineData("Meine Tochter liegt im Krankenhaus", true)]
    [InlineData("Wo ist die Bestellung, die ich am Montag aufgegeben habe?", false)]
    [InlineData("Die Schnalle am Rucksack ist gebrochen", false)]
    [InlineData("es wurde niemand verletzt, nicht verletzt", true)]
    [InlineData("Mon réchaud a pris feu et je me suis brûlé la main.", true)]
    [InlineData("je me suis casse le poignet a cause de la fixation", true)]
    [InlineData("La fermeture de ma veste est cassée", false)]
    [InlineData("El hornillo explotó y me quemé la mano", true)]
    [InlineData("mi hijo se rompió el brazo", true)]
    [InlineData("se rompió la cremallera", false)]
    [InlineData("Il fornello è esploso e mi sono ustionato", true)]
    [InlineData("la cerniera è rotta", false)]
    [InlineData("De brander is ontploft en ik heb mijn hand verbrand", true)]
    [InlineData("the boots are in brand new condition", false)]
    [InlineData("Kuchenka wybuchła i poparzyłem sobie rękę", true)]
    [InlineData("Złamałem nogę przez te wiązania", true)]
    [InlineData("Zamek się złamał", false)]
    [InlineData("O fogareiro explodiu e queimei a mão", true)]
    [InlineData("quero trocar o casaco", false)]
    [InlineData("climbing rope sheath just split on first lead fall", true)]
    [InlineData("is that batch bad? someone could die", true)]
    [InlineData("the stove singed my eyebrows", true)]
    [InlineData("she broke her wrist", true)]
    [InlineData("the rope bag has a broken zipper", false)]
    [InlineData("my harness came in the wrong colour", false)]
    public void Hears_injuries_and_not_broken_zippers(string body, bool fires)
    {
        var findings = TriggerTable.Evaluate(Some.Playbook(), Some.Facts() with { Body = body });

        Assert.Equal(fires, findings.Any(f => f.Name == "safety"));
    }
}
