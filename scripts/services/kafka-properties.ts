import { certificateFiles } from "./kafka-certificate.ts";
import { portOf, type ServiceLocation } from "./service.ts";

export const kafkaHost = "127.0.0.1";
export const kafkaUser = "voting";

/**
 * The broker's configuration: one node that is broker and controller, with a plain listener and one
 * with TLS and SASL.
 */
export function kafkaProperties(location: ServiceLocation, dataFolder: string): string {
  const password = location.credentials.kafkaPassword;
  const at = (name: string, purpose: string): string =>
    `${name}://${kafkaHost}:${portOf(location, purpose)}`;
  const open = [at("PLAINTEXT", "kafka"), at("SECURE", "kafkaSecure")].join(",");
  const jaas = "org.apache.kafka.common.security";
  const properties = {
    "process.roles": "broker,controller",
    "node.id": "1",
    "controller.quorum.voters": `1@${kafkaHost}:${portOf(location, "kafkaController")}`,
    "controller.listener.names": "CONTROLLER",
    "inter.broker.listener.name": "PLAINTEXT",
    listeners: `${open},${at("CONTROLLER", "kafkaController")}`,
    "advertised.listeners": open,
    "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,SECURE:SASL_SSL,CONTROLLER:PLAINTEXT",
    "listener.name.secure.sasl.enabled.mechanisms": "PLAIN,SCRAM-SHA-512",
    "listener.name.secure.plain.sasl.jaas.config": `${jaas}.plain.PlainLoginModule required user_${kafkaUser}="${password}";`,
    "listener.name.secure.scram-sha-512.sasl.jaas.config": `${jaas}.scram.ScramLoginModule required;`,
    "ssl.keystore.type": "PKCS12",
    "ssl.keystore.location": certificateFiles(location.folder).keyStore,
    "ssl.keystore.password": password,
    "log.dirs": dataFolder,
    "num.partitions": "8",
    // A producer that names a topic wrongly must hear of it.
    "auto.create.topics.enable": "false",
    "group.initial.rebalance.delay.ms": "0",
    // One broker holds every copy that there is.
    "offsets.topic.replication.factor": "1",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
  };
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");
}
