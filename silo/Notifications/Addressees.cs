using Agency.Notifications;
using Agency.People;

namespace Agency.Silo.Notifications;

/// <summary>How whoever is told something can be reached, by the directory of persons as it is now: a person by its own id; a department, its head,
/// the office and an owner by an entry of the id that <see cref="Recipient.ToString"/> writes.</summary>
internal sealed class Addressees(IGrainFactory grains)
{
    public async Task<string?> Mail(Recipient recipient, CancellationToken cancellationToken = default) => (await Find(recipient, cancellationToken))?.Mail;

    public async Task<string?> Phone(Recipient recipient, CancellationToken cancellationToken = default) => (await Find(recipient, cancellationToken))?.Phone;

    private async Task<PersonDetails?> Find(Recipient recipient, CancellationToken cancellationToken)
    {
        var id = recipient is { Kind: RecipientKind.Person, Id: { } person } ? person : recipient.ToString();
        return (await grains.GetGrain<IPersonsGrain>(IPersonsGrain.Key).Get(id, Actor.System, cancellationToken))?.Details;
    }
}
